package io.millrace.gateway.graphql.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.gateway.graphql.GraphQlRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message as a client has sent it: an object whose {@code type} is a text, no more is sure. */
record ClientMessage(String type, JsonNode whole) {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final TypeReference<Map<String, @Nullable Object>> MAP = new TypeReference<>() {};

  /** A message that does not say what its protocol asks for; what it says is for the client. */
  static final class BadMessage extends Exception {

    private static final long serialVersionUID = 1L;

    BadMessage(String sentence) {
      super(sentence, null, false, false);
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  static ClientMessage read(String text) throws BadMessage {
    JsonNode whole;
    try {
      whole = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new BadMessage("The message is no JSON");
    }
    if (!whole.isObject()) {
      throw new BadMessage("The message is no JSON object");
    }
    JsonNode type = whole.path("type");
    if (!type.isTextual()) {
      throw new BadMessage("The message has no type");
    }
    return new ClientMessage(type.textValue(), whole);
  }

  /** The operation's id, where there is one. */
  Optional<String> anyId() {
    JsonNode id = whole.path("id");
    return id.isTextual() && !id.textValue().isEmpty()
        ? Optional.of(id.textValue())
        : Optional.empty();
  }

  String id() throws BadMessage {
    return anyId().orElseThrow(() -> new BadMessage("id must be a text that is not empty"));
  }

  JsonNode payload() {
    return whole.path("payload");
  }

  /** The payload, an object, or null where there is none. */
  @Nullable JsonNode optionalPayload() throws BadMessage {
    return object(payload(), "payload");
  }

  GraphQlRequest request() throws BadMessage {
    JsonNode payload = payload();
    if (!payload.isObject()) {
      throw new BadMessage("payload must be an object");
    }
    if (!payload.path("query").isTextual()) {
      throw new BadMessage("payload.query must be a text");
    }
    JsonNode name = payload.path("operationName");
    if (there(name) && !name.isTextual()) {
      throw new BadMessage("payload.operationName must be a text");
    }
    object(payload.path("extensions"), "payload.extensions");
    JsonNode variables = object(payload.path("variables"), "payload.variables");
    return new GraphQlRequest(
        payload.path("query").textValue(),
        name.isTextual() && !name.textValue().isEmpty() ? name.textValue() : null,
        variables == null ? Map.of() : JSON.convertValue(variables, MAP));
  }

  private static @Nullable JsonNode object(JsonNode value, String field) throws BadMessage {
    if (there(value) && !value.isObject()) {
      throw new BadMessage(field + " must be an object");
    }
    return there(value) ? value : null;
  }

  private static boolean there(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }
}
