package io.millrace.model.event;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Percent-encoding of attribute values in HTTP headers, which the CloudEvents SDK leaves out:
 * space, double quote, percent and everything that is not printable ASCII, as UTF-8. Source:
 * CloudEvents HTTP protocol binding 1.0, 3.1.3.2.
 */
public final class HeaderText {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private HeaderText() {}

  /** The value as a header has it. */
  public static String encode(String value) {
    if (isPlain(value)) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length() + 16);
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b)) {
        text.append((char) b);
      } else {
        text.append('%').append(HEX.toHexDigits(b));
      }
    }
    return text.toString();
  }

  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (!isPlain(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c <= '~' && c != '"' && c != '%';
  }
}
