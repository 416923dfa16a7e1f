package io.millrace.benchmarks.matching;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.event.Extensions;
import java.net.URI;
import java.time.OffsetDateTime;

/**
 * One event in the form that each contender takes.
 *
 * @param json for event-ruler: with all topics above the event's own, worked out beforehand
 */
record Sample(CloudEvent event, String json, String topic) {

  static Sample of(String topic, String type, String data) {
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId("7f1c1c4e-5c7c-4a51-9b7c-6b6d8d9f0a11")
            .withSource(URI.create("shop"))
            .withType(type)
            .withSubject("account-1")
            .withTime(OffsetDateTime.parse("2026-01-31T10:00:00Z"))
            .withExtension(Extensions.TOPIC_PATH, topic)
            .withData("application/json", data.getBytes(UTF_8))
            .build();
    var topics = new StringBuilder();
    for (int end = topic.indexOf('/'); end >= 0; end = topic.indexOf('/', end + 1)) {
      topics.append('"').append(topic, 0, end).append("\",");
    }
    String json =
        "{\"topics\":[%s\"%s\"],\"type\":\"%s\",\"data\":%s}".formatted(topics, topic, type, data);
    return new Sample(event, json, topic);
  }
}
