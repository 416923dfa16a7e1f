package io.millrace.gateway.http.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One block of a PEM file.
 *
 * @param type what stands between BEGIN and the dashes
 * @param body what stands between the two lines with dashes
 */
record Pem(String type, String body) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*(?:-[^-]+)*)-----END \\1-----");
  private static final String MARK = "-----BEGIN ";

  /** Whether it looks like PEM, and not like DER. */
  static boolean is(byte[] file) {
    return text(file).contains(MARK);
  }

  /**
   * All blocks.
   *
   * @throws IllegalArgumentException if one has no end
   */
  static List<Pem> blocks(byte[] file) {
    List<Pem> blocks = new ArrayList<>();
    String text = text(file);
    Matcher matcher = BLOCK.matcher(text);
    int end = 0;
    while (matcher.find()) {
      blocks.add(new Pem(matcher.group(1), matcher.group(2)));
      end = matcher.end();
    }
    if (text.indexOf(MARK, end) >= 0) {
      throw new IllegalArgumentException("ends within a block");
    }
    return blocks;
  }

  /** Whether lines such as {@code Proc-Type} stand before the content. */
  boolean header() {
    return body.contains(":");
  }

  /**
   * What is encoded.
   *
   * @throws IllegalArgumentException if it is not Base64
   */
  byte[] content() {
    return Base64.getMimeDecoder().decode(body);
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.ISO_8859_1);
  }

  /** The certificates among blocks, in their order. */
  static List<X509Certificate> certificates(List<Pem> blocks) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (Pem block : blocks) {
      if (block.type().equals("CERTIFICATE")) {
        certificates.add(
            (X509Certificate)
                factory.generateCertificate(new ByteArrayInputStream(block.content())));
      }
    }
    return certificates;
  }
}
