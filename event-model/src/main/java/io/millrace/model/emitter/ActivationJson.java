package io.millrace.model.emitter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An activation as it stands in a definition in Kafka. */
final class ActivationJson {

  private static final Set<String> KNOWN =
      Set.of("enabled", "generation", "from", "requested", "filter");

  private ActivationJson() {}

  /** Reads it; empty if it is none. Absent is the initial one. */
  static Optional<Activation> read(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return Optional.of(Activation.INITIAL);
    }
    boolean[] strange = {
      !node.path("enabled").isBoolean() || !node.path("generation").isIntegralNumber()
    };
    node.fieldNames().forEachRemaining(name -> strange[0] |= !KNOWN.contains(name));
    if (strange[0]) {
      return Optional.empty();
    }
    boolean enabled = node.path("enabled").booleanValue();
    long generation = node.path("generation").longValue();
    if (generation == 0) {
      return Optional.of(new Activation(enabled, 0, null));
    }
    return resume(node)
        .filter(resume -> generation > 0)
        .map(resume -> new Activation(enabled, generation, resume));
  }

  private static Optional<Resume> resume(JsonNode node) {
    try {
      Instant requested = Instant.parse(node.path("requested").asText());
      return Resume.parse(node.path("from").asText(), requested, node.path("filter").textValue());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static void write(Activation activation, ObjectNode node) {
    node.put("enabled", activation.enabled());
    node.put("generation", activation.generation());
    Resume resume = activation.resume();
    if (resume != null) {
      node.put("from", resume.text());
      node.put("requested", resume.requested().toString());
      if (resume.filter() != null) {
        node.put("filter", resume.filter());
      }
    }
  }
}
