package io.millrace.gateway.graphiql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of the page, on the class path. Large ones are read whenever they are asked for, not kept.
 *
 * @param tag its content's hash, quoted as the header {@code ETag} is
 */
record PageFile(String resource, String contentType, String tag) {

  /**
   * A file of the class path.
   *
   * @throws IllegalArgumentException if it is not there
   */
  static PageFile of(String resource, String contentType) {
    return new PageFile(resource, contentType, tag(content(resource)));
  }

  byte[] content() {
    return content(resource);
  }

  private static byte[] content(String resource) {
    try (InputStream stream = PageFile.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException("not on the class path: " + resource);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  private static String tag(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
