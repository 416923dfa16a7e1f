package io.millrace.benchmarks.fanout;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * One event of about a kilobyte, as a client gets it: its data begin with the time and a number.
 */
final class Event {

  static final String TOPIC = "fan/out";

  private static final String PAD = "x".repeat(750);

  private Event() {}

  private static String data(long number) {
    return "{\"at\":[" + System.nanoTime() + "," + number + "],\"pad\":\"" + PAD + "\"}";
  }

  static CloudEvent cloudEvent(long number) {
    return CloudEventBuilder.v1()
        .withId("" + number)
        .withSource(URI.create("/load"))
        .withType("load")
        .withDataContentType("application/json")
        .withExtension("topicpath", TOPIC)
        .withData(data(number).getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** The same in JSON, by nobody's format. */
  static byte[] json(long number) {
    String text =
        "{\"specversion\":\"1.0\",\"id\":\"%d\",\"source\":\"/load\",\"type\":\"load\",\"datacontenttype\":\"application/json\",\"topicpath\":\"fan/out\",\"streamposition\":\"fan/0:%d\",\"data\":%s}"
            .formatted(number, number + 1, data(number));
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
