package io.millrace.router;

import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A record's value, as it was read, on its way to a topic. */
final class Routed {

  private final String topic;
  private final byte @Nullable [] value;

  Routed(String topic, byte @Nullable [] value) {
    this.topic = topic;
    this.value = value;
  }

  String topic() {
    return topic;
  }

  static Serializer<Routed> serializer() {
    return (topic, routed) -> routed.value;
  }
}
