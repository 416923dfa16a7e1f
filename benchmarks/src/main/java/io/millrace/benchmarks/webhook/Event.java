package io.millrace.benchmarks.webhook;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.BiConsumer;

/** One event of a load, known by its number; all have the same data. */
final class Event {

  private static final int KEYS = 1_000;
  private static final OffsetDateTime TIME =
      OffsetDateTime.of(2026, 1, 31, 10, 0, 0, 0, ZoneOffset.UTC);

  private final int number;
  private final byte[] data;

  Event(int number, byte[] data) {
    this.number = number;
    this.data = data;
  }

  int number() {
    return number;
  }

  byte[] data() {
    return data;
  }

  static byte[] data(int bytes) {
    return ("{\"amount\":988,\"text\":\"" + "x".repeat(Math.max(0, bytes - 24)) + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The same headers that the emitter sends. */
  void headers(BiConsumer<String, String> header) {
    header.accept("ce-specversion", "1.0");
    header.accept("ce-id", Integer.toString(number));
    header.accept("ce-source", "/load");
    header.accept("ce-type", "load.event");
    header.accept("ce-subject", "key-" + number % KEYS);
    header.accept("ce-time", "2026-01-31T10:00:00Z");
    header.accept("ce-topicpath", "load/events");
    header.accept("Content-Type", "application/json");
  }

  CloudEvent cloudEvent() {
    return CloudEventBuilder.v1()
        .withId(Integer.toString(number))
        .withSource(URI.create("/load"))
        .withType("load.event")
        .withSubject("key-" + number % KEYS)
        .withTime(TIME)
        .withExtension("topicpath", "load/events")
        .withData("application/json", data)
        .build();
  }
}
