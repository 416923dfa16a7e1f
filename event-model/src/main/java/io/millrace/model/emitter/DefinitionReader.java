package io.millrace.model.emitter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.event.ResourceName;
import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one definition and collects what is wrong with it. */
final class DefinitionReader {

  private static final Set<String> KNOWN =
      new LinkedHashSet<>(
          List.of(
              "id",
              "type",
              "topics",
              "messages",
              "filter",
              "owner",
              "identityRef",
              "activation",
              "parameters"));

  private final String id;
  private final ObjectNode root;
  private final List<Problem> problems = new ArrayList<>();

  DefinitionReader(String id, ObjectNode root) {
    this.id = id;
    this.root = root;
  }

  EmitterDefinition read() throws InvalidDefinitionException {
    checkNames();
    checkId();
    Optional<EmitterParameters> parameters = type().flatMap(this::parameters);
    EventFilter filter = new EventFilter(topics(), messages(), text("filter"));
    String owner = text("owner");
    String identityRef = text("identityRef");
    Activation activation = activation();
    checkMessages(filter.messages(), parameters);
    if (!problems.isEmpty() || parameters.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
    return new EmitterDefinition(id, filter, owner, identityRef, activation, parameters.get());
  }

  private Activation activation() {
    return ActivationJson.read(root.get("activation"))
        .orElseGet(
            () -> {
              problem("activation", "must say enabled, generation, and after that where to resume");
              return Activation.INITIAL;
            });
  }

  private void checkNames() {
    root.fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                problem(name, "is not known here; known are " + String.join(", ", KNOWN));
              }
            });
  }

  private void checkId() {
    if (!ResourceName.isValid(id)) {
      problem("id", "must be " + ResourceName.RULE);
    }
    String named = text("id");
    if (named != null && !named.equals(id)) {
      problem("id", "must be " + id + " or be left out");
    }
  }

  private Optional<EmitterType> type() {
    String name = text("type");
    Optional<EmitterType> type = Optional.ofNullable(name).flatMap(EmitterType::of);
    if (name == null && !root.hasNonNull("type")) {
      problem("type", "is required: one of " + EmitterType.wireNames());
    } else if (name != null && type.isEmpty()) {
      problem("type", "must be one of " + EmitterType.wireNames() + ", and is " + name);
    }
    return type;
  }

  private Optional<EmitterParameters> parameters(EmitterType type) {
    JsonNode node = root.get("parameters");
    if (node != null && !node.isNull() && !node.isObject()) {
      problem("parameters", "must be an object");
      return Optional.empty();
    }
    Map<String, Object> values =
        node instanceof ObjectNode object ? DefinitionJson.map(object) : Map.of();
    try {
      return Optional.of(EmitterParameters.read(type, new ParameterReader(values, "parameters.")));
    } catch (InvalidDefinitionException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  private List<TopicPath> topics() {
    List<TopicPath> topics = new ArrayList<>();
    for (JsonNode topic : array("topics", root.get("topics"))) {
      String field = "topics[" + topics.size() + "]";
      List<String> levels = texts(field, topic);
      try {
        topics.add(new TopicPath(levels));
      } catch (IllegalArgumentException e) {
        problem(field, "is no topic: " + e.getMessage());
        return topics;
      }
    }
    return topics;
  }

  /** A row has the columns of one type of event. Source: Trisotech DES, Power BI emitter. */
  private void checkMessages(Set<String> messages, Optional<EmitterParameters> parameters) {
    if (messages.size() != 1
        && parameters.filter(PowerBiParameters.class::isInstance).isPresent()) {
      problem("messages", "must be exactly one for a Power BI emitter");
    }
  }

  private Set<String> messages() {
    return new LinkedHashSet<>(texts("messages", root.get("messages")));
  }

  private List<String> texts(String field, @Nullable JsonNode node) {
    List<String> texts = new ArrayList<>();
    for (JsonNode item : array(field, node)) {
      if (item.isTextual() && !item.textValue().isBlank()) {
        texts.add(item.textValue());
      } else {
        problem(field, "must be an array of texts that are not empty");
        return texts;
      }
    }
    return texts;
  }

  private Iterable<JsonNode> array(String field, @Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return List.of();
    }
    if (!node.isArray()) {
      problem(field, "must be an array");
      return List.of();
    }
    return node;
  }

  private @Nullable String text(String name) {
    JsonNode node = root.get(name);
    if (node == null || node.isNull()) {
      return null;
    }
    if (!node.isTextual() || node.textValue().isBlank()) {
      problem(name, "must be a text that is not empty");
      return null;
    }
    return node.textValue();
  }

  private void problem(String field, String reason) {
    problems.add(new Problem(field, reason));
  }
}
