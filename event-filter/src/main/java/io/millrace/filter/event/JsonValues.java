package io.millrace.filter.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.model.event.JsonData;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON bytes straight to maps, lists, strings, booleans and {@code BigDecimal}: a FEEL engine takes
 * Jackson's own nodes for opaque values and answers null.
 */
public final class JsonValues {

  private JsonValues() {}

  /**
   * The value; null for no JSON at all.
   *
   * @throws UnreadableDataException if it is not one JSON value, or is beyond bounds
   */
  public static @Nullable Object read(byte[] json) throws UnreadableDataException {
    try (JsonParser parser = JsonData.parser(json)) {
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
    if (!JsonData.inRange(number)) {
      throw new UnreadableDataException("the data has a number that is out of range", null);
    }
    return number;
  }
}
