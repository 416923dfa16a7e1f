package io.millrace.gateway.http.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Reads private keys: PKCS #8, encrypted or not, and OpenSSL's own forms of RSA and EC keys. */
final class PemKey {

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final byte[] VERSION = {0x02, 0x01, 0x00};

  private PemKey() {}

  /** Whether a block holds a private key. */
  static boolean is(Pem block) {
    return block.type().endsWith("PRIVATE KEY");
  }

  /**
   * Reads a key.
   *
   * @param owner the certificate's key: an old form of a private key says little about itself
   * @throws IllegalArgumentException with a reason for a person
   * @throws GeneralSecurityException if it cannot be read or decrypted
   */
  static PrivateKey read(Pem block, @Nullable Password password, PublicKey owner)
      throws GeneralSecurityException {
    if (block.header()) {
      throw new IllegalArgumentException(
          "is encrypted as OpenSSL did formerly; openssl pkcs8 -topk8 makes a key of today of it");
    }
    return switch (block.type()) {
      case "PRIVATE KEY" -> key(new PKCS8EncodedKeySpec(block.content()));
      case "ENCRYPTED PRIVATE KEY" -> key(decrypted(block.content(), password));
      case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> key(wrapped(block.content(), owner));
      default -> throw new IllegalArgumentException("holds a key of no known kind");
    };
  }

  private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
    for (String algorithm : List.of("RSA", "EC")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // Perhaps it is of the other kind.
      }
    }
    throw new IllegalArgumentException("holds no key of RSA or EC that can be read");
  }

  private static PKCS8EncodedKeySpec decrypted(byte[] content, @Nullable Password password)
      throws GeneralSecurityException {
    if (password == null) {
      throw new IllegalArgumentException("is encrypted, and there is no " + TlsConfig.PASSWORD);
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(content);
      AlgorithmParameters parameters = info.getAlgParameters();
      // The name of the scheme alone does not tell its ciphers; the parameters' text does.
      String algorithm =
          parameters != null && parameters.toString().startsWith("PBEWith")
              ? parameters.toString()
              : info.getAlgName();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.value().toCharArray())),
          parameters);
      return info.getKeySpec(cipher);
    } catch (IOException e) {
      throw new InvalidKeySpecException(e);
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("cannot be decrypted with " + TlsConfig.PASSWORD, e);
    }
  }

  /**
   * PKCS #8 is a version, the algorithm, and the old form. The algorithm, for EC with its curve, is
   * what the certificate's key begins with.
   */
  private static PKCS8EncodedKeySpec wrapped(byte[] old, PublicKey owner) {
    byte[] info = owner.getEncoded();
    ByteBuffer der = ByteBuffer.wrap(info);
    int unused = contentLength(der);
    int begin = der.position();
    int length = contentLength(der);
    byte[] algorithm = Arrays.copyOfRange(info, begin, der.position() + length);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(VERSION);
    all.writeBytes(algorithm);
    all.writeBytes(element(OCTETS, old));
    return new PKCS8EncodedKeySpec(element(SEQUENCE, all.toByteArray()));
  }

  /** Passes over a tag and a length. */
  private static int contentLength(ByteBuffer der) {
    der.get();
    int first = der.get() & 0xFF;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7F); i++) {
      length = (length << 8) | (der.get() & 0xFF);
    }
    return length;
  }

  private static byte[] element(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length <= 0xFF) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
