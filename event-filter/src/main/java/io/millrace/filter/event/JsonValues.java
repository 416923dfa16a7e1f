package io.millrace.filter.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON bytes straight to maps, lists, strings, booleans and {@code BigDecimal}: a FEEL engine takes
 * Jackson's own nodes for opaque values and answers null.
 */
public final class JsonValues {

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

  private JsonValues() {}

  /** Whether data of that content type is JSON; data without one is, as CloudEvents has it. */
  static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    String plain = type.strip().toLowerCase(Locale.ROOT);
    return plain.endsWith("/json") || plain.endsWith("+json");
  }

  /**
   * The value; null for no JSON at all.
   *
   * @throws UnreadableDataException if it is not one JSON value, or is beyond bounds
   */
  public static @Nullable Object read(byte[] json) throws UnreadableDataException {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == null) {
        return null;
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new UnreadableDataException("the data is more than one JSON value", null);
      }
      return value;
    } catch (IOException e) {
      throw new UnreadableDataException("the data is not JSON", e);
    }
  }

  private static @Nullable Object value(JsonParser parser)
      throws IOException, UnreadableDataException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> map(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Map<String, @Nullable Object> map(JsonParser parser)
      throws IOException, UnreadableDataException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      map.put(name, value(parser));
    }
    return map;
  }

  private static List<@Nullable Object> list(JsonParser parser)
      throws IOException, UnreadableDataException {
    List<@Nullable Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }

  private static BigDecimal number(JsonParser parser) throws IOException, UnreadableDataException {
    BigDecimal number = parser.getDecimalValue();
    if (Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
      throw new UnreadableDataException("the data has a number that is out of range", null);
    }
    return number;
  }
}
