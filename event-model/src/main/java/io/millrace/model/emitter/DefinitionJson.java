package io.millrace.model.emitter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Emitter definitions as JSON. What is not understood is refused, also when it is read back from
 * Kafka: a property that a newer release wrote may be the one that narrows who sees an event. Safe
 * for use by several threads.
 */
public final class DefinitionJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private DefinitionJson() {}

  /**
   * Reads a definition.
   *
   * @param id the emitter's id; a definition that names another is refused
   * @throws InvalidDefinitionException with everything that is wrong
   */
  public static EmitterDefinition read(String id, byte[] json) throws InvalidDefinitionException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (IOException e) {
      throw new InvalidDefinitionException(List.of(new Problem("definition", syntax(e))));
    }
    if (!(root instanceof ObjectNode object)) {
      throw new InvalidDefinitionException(
          List.of(new Problem("definition", "must be a JSON object")));
    }
    return new DefinitionReader(id, object).read();
  }

  /** The definition's JSON, for the log of definitions. */
  public static byte[] write(EmitterDefinition definition) {
    ObjectNode root = JSON.createObjectNode();
    root.put("id", definition.id());
    root.put("type", definition.type().wireName());
    EventFilter filter = definition.filter();
    if (!filter.topics().isEmpty()) {
      ArrayNode topics = root.putArray("topics");
      filter.topics().forEach(topic -> topics.add(JSON.valueToTree(topic.levels())));
    }
    if (!filter.messages().isEmpty()) {
      ArrayNode messages = root.putArray("messages");
      filter.messages().stream().sorted().forEach(messages::add);
    }
    if (filter.expression() != null) {
      root.put("filter", filter.expression());
    }
    if (definition.owner() != null) {
      root.put("owner", definition.owner());
    }
    if (definition.identityRef() != null) {
      root.put("identityRef", definition.identityRef());
    }
    if (!definition.activation().equals(Activation.INITIAL)) {
      ActivationJson.write(definition.activation(), root.putObject("activation"));
    }
    root.set("parameters", JSON.valueToTree(definition.parameters().toMap()));
    try {
      return JSON.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON could not be written", e);
    }
  }

  static Map<String, Object> map(ObjectNode node) {
    return JSON.convertValue(node, MAP);
  }

  /** The members of a JSON object; empty if the text is none. */
  static Optional<Map<String, Object>> map(String json) {
    try {
      return JSON.readTree(json) instanceof ObjectNode object
          ? Optional.of(map(object))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** A JSON array in a text; null if it is none. */
  static @Nullable List<?> list(String text) {
    try {
      return JSON.readValue(text, List.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static String syntax(IOException e) {
    if (e instanceof JsonProcessingException parse && parse.getLocation() != null) {
      return "is not JSON: line %d, column %d: %s"
          .formatted(
              parse.getLocation().getLineNr(),
              parse.getLocation().getColumnNr(),
              parse.getOriginalMessage());
    }
    return "is not JSON: " + e.getMessage();
  }
}
