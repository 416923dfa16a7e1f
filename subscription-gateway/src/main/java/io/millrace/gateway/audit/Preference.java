package io.millrace.gateway.audit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client says it likes. Source: RFC 9110, section 12.4.2. */
final class Preference {

  private Preference() {}

  /**
   * The value of {@code q} among the parameters after the first part; 1 without, 0 if it is none.
   */
  static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
          return 0;
        }
      }
    }
    return 1;
  }

  /** Whether the header {@code Accept-Encoding} asks for gzip. */
  static boolean takesGzip(@Nullable String acceptEncoding) {
    for (String range : acceptEncoding == null ? new String[0] : acceptEncoding.split(",", -1)) {
      String[] parts = range.split(";", -1);
      String coding = parts[0].strip().toLowerCase(Locale.ROOT);
      if (coding.equals("gzip") || coding.equals("x-gzip")) {
        return quality(parts) > 0;
      }
    }
    return false;
  }
}
