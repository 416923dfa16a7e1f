package io.millrace.gateway.acronis;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.gateway.catalogue.AcronisTopic;
import io.millrace.gateway.catalogue.MessageType;
import io.millrace.gateway.ingest.Origin;
import io.millrace.model.acronis.AcronisAttributes;
import io.millrace.model.acronis.AcronisEvent;
import io.millrace.model.acronis.AcronisEventReader;
import io.millrace.model.emitter.Problem;
import io.millrace.model.emitter.TextPattern;
import io.millrace.model.event.Extensions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an event must be to go into a topic, and what it is there. */
final class EventCheck {

  private final AcronisTopic topic;
  private final Map<String, MessageType> types;
  private final Origin origin;

  EventCheck(AcronisTopic topic, List<MessageType> types, Origin origin) {
    this.topic = topic;
    this.types = types.stream().collect(Collectors.toMap(MessageType::type, Function.identity()));
    this.origin = origin;
  }

  /** The event as it is written; null with its problems added. */
  @Nullable CloudEvent read(JsonNode node, String at, List<Problem> problems) {
    CloudEvent event = AcronisEventReader.read(node, at, problems);
    if (event == null) {
      return null;
    }
    int before = problems.size();
    checkType(event, at, problems);
    CloudEvent stamped = origin.stamp(event, topic.topic().toString());
    String given = AcronisEvent.tenant(event);
    String tenant = AcronisEvent.tenant(stamped);
    if (tenant == null) {
      problems.add(
          new Problem(at + "tenant_id", "is missing, and your credentials name no tenant"));
    } else if (given != null && !given.equals(tenant)) {
      problems.add(
          new Problem(at + "tenant_id", "must be your own, " + tenant + ", or be left out"));
    }
    if (topic.consolidated() && event.getSubject() == null) {
      problems.add(
          new Problem(at + "subject", "is missing, of which the topic keeps the last event"));
    }
    return problems.size() == before ? keyed(stamped, tenant) : null;
  }

  private void checkType(CloudEvent event, String at, List<Problem> problems) {
    MessageType type = types.get(event.getType());
    if (type == null) {
      problems.add(new Problem(at + "type", "is none of the topic's types: " + event.getType()));
      return;
    }
    Object subject = event.getExtension(AcronisAttributes.SUBJECT_TYPE);
    if (subject != null && !allowed(type.subjectTypes(), subject.toString())) {
      String all =
          type.subjectTypes().stream().map(TextPattern::text).collect(Collectors.joining(", "));
      problems.add(new Problem(at + "subject_type", "is none of " + all + ": " + subject));
    }
  }

  /** A type derived from one that is allowed is, too. */
  private static boolean allowed(List<TextPattern> patterns, String type) {
    return patterns.isEmpty()
        || patterns.stream()
            .anyMatch(pattern -> pattern.matches(type) || type.startsWith(pattern.text() + "~"));
  }

  /** One event of each type, tenant and subject stays: Kafka's compaction goes by the key. */
  private CloudEvent keyed(CloudEvent event, @Nullable String tenant) {
    return topic.consolidated()
        ? CloudEventBuilder.v1(event)
            .withExtension(
                Extensions.PARTITION_KEY,
                String.join(
                    " ",
                    event.getType(),
                    Objects.requireNonNull(tenant),
                    Objects.requireNonNull(event.getSubject())))
            .build()
        : event;
  }
}
