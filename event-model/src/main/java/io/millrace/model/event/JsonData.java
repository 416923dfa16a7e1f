package io.millrace.model.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which data of events is JSON, and how much of it is read: one answer for filters and for all who
 * translate events, so that none reads what another cannot.
 */
public final class JsonData {

  private static final int MAX_DEPTH = 100;

  // IEEE 754 decimal128, which FEEL's numbers are: more would only be work for big arithmetic.
  private static final int MAX_EXPONENT = 6144;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_EXPONENT)
                  .build())
          .build();

  private JsonData() {}

  /** Whether data of that content type is JSON; data without one is, as CloudEvents has it. */
  public static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    String plain = type.strip().toLowerCase(Locale.ROOT);
    return plain.endsWith("/json") || plain.endsWith("+json");
  }

  /** A parser that refuses what is nested too deep, and numbers that are too long. */
  public static JsonParser parser(byte[] json) throws IOException {
    return JSON.createParser(json);
  }

  /** Whether a number can be reckoned with. */
  public static boolean inRange(BigDecimal number) {
    return Math.abs((long) number.precision() - number.scale()) <= MAX_EXPONENT;
  }
}
