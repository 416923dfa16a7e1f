package io.millrace.gateway.graphql.socket;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds credentials in the payload of {@code connection_init}: {@code authorization}, in any case,
 * or the same within {@code headers}.
 */
final class InitCredentials {

  private static final String KEY = "authorization";

  private InitCredentials() {}

  /** Empty if there are none; an empty text, which is refused, if what is there is no text. */
  static Optional<String> in(@Nullable JsonNode payload) {
    if (payload == null) {
      return Optional.empty();
    }
    return value(payload, KEY)
        .or(() -> value(payload, "headers").flatMap(headers -> value(headers, KEY)))
        .map(value -> value.isTextual() ? value.textValue() : "");
  }

  private static Optional<JsonNode> value(JsonNode object, String key) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().equalsIgnoreCase(key) && !field.getValue().isNull()) {
        return Optional.of(field.getValue());
      }
    }
    return Optional.empty();
  }
}
