package io.millrace.model.acronis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.emitter.Problem;
import io.millrace.model.event.Extensions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads an event of Acronis's Event Manager, and tells everything that is wrong with it. */
public final class AcronisEventReader {

  /** What the log says of an event; what the event says of it itself is dropped. */
  private static final Set<String> OF_THE_LOG = Set.of("ingest_time", "previous", "sequence");

  private static final String NIL = "00000000-0000-0000-0000-000000000000";
  private static final int MAX_LENGTH = 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode node;
  private final String at;
  private final List<Problem> problems;

  private AcronisEventReader(JsonNode node, String at, List<Problem> problems) {
    this.node = node;
    this.at = at;
    this.problems = problems;
  }

  /**
   * Reads an event; its {@code tenant_id} may be missing, for it may be known otherwise.
   *
   * @param at what stands before the names of fields in problems, such as {@code events[2].}
   * @param problems gets all that is wrong
   * @return null if anything is wrong
   */
  public static @Nullable CloudEvent read(JsonNode node, String at, List<Problem> problems) {
    if (!node.isObject()) {
      problems.add(new Problem(at.isEmpty() ? "event" : at, "must be a JSON object"));
      return null;
    }
    int before = problems.size();
    CloudEvent event = new AcronisEventReader(node, at, problems).read();
    return problems.size() == before ? event : null;
  }

  private @Nullable CloudEvent read() {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!AcronisAttributes.BY_PROPERTY.containsKey(name)
                  && !name.equals(AcronisAttributes.DATA)
                  && !OF_THE_LOG.contains(name)) {
                Set<String> known = new TreeSet<>(AcronisAttributes.BY_PROPERTY.keySet());
                known.add(AcronisAttributes.DATA);
                problem(name, "is not known here; known are " + String.join(", ", known));
              }
            });
    String id = uuid("id", required("id"));
    if (NIL.equals(id)) {
      problem("id", "must not be the nil UUID");
    }
    String type = required("type");
    String source = required("source");
    URI uri = uri(source);
    OffsetDateTime time = time(required("time"));
    CloudEventBuilder builder = CloudEventBuilder.v1();
    extension(builder, Extensions.TENANT_ID, text("tenant_id"));
    extension(builder, AcronisAttributes.SUBJECT_TYPE, text("subject_type"));
    extension(builder, Extensions.APP, text("client_id"));
    extension(builder, AcronisAttributes.CAUSE_ID, uuid("trace_parent", text("trace_parent")));
    extension(builder, AcronisAttributes.DATA_REF, text("data_ref"));
    String subject = text("subject");
    if (id == null || type == null || uri == null || time == null) {
      return null;
    }
    if (subject != null) {
      builder.withSubject(subject);
    }
    JsonNode data = node.path(AcronisAttributes.DATA);
    if (!data.isMissingNode()) {
      builder.withData("application/json", bytes(data));
    }
    return builder.withId(id).withType(type).withSource(uri).withTime(time).build();
  }

  private @Nullable String required(String name) {
    if (node.path(name).isMissingNode() || node.path(name).isNull()) {
      problem(name, "is missing");
      return null;
    }
    return text(name);
  }

  private @Nullable String text(String name) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    String text = value.isTextual() ? value.textValue() : "";
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      problem(name, "must be a text of 1 to " + MAX_LENGTH + " characters");
      return null;
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      problem(name, "must not contain control characters");
      return null;
    }
    return text;
  }

  private @Nullable String uuid(String name, @Nullable String text) {
    if (text != null && !AcronisEvent.isUuid(text)) {
      problem(name, "must be a UUID");
      return null;
    }
    return text;
  }

  private @Nullable URI uri(@Nullable String text) {
    try {
      return text == null ? null : new URI(text);
    } catch (URISyntaxException e) {
      problem("source", "must be a URI or a part of one: " + e.getReason());
      return null;
    }
  }

  private @Nullable OffsetDateTime time(@Nullable String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text);
    } catch (DateTimeException e) {
      problem("time", "must be a time as RFC 3339 writes it");
      return null;
    }
  }

  private static void extension(CloudEventBuilder builder, String name, @Nullable String value) {
    if (value != null) {
      builder.withExtension(name, value);
    }
  }

  private static byte[] bytes(JsonNode data) {
    try {
      return JSON.writeValueAsBytes(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON could not be written", e);
    }
  }

  private void problem(String name, String reason) {
    problems.add(new Problem(at + name, reason));
  }
}
