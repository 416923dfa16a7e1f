package io.millrace.model.emitter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of emitter. Source: Trisotech DES, emitter types. */
public enum EmitterType {
  WEBHOOK("Webhook"),
  AUDIT("Audit"),
  FILE("File"),
  CONSOLE("Console"),
  KAFKA("Kafka"),
  POWER_BI("PowerBI");

  private final String wireName;

  EmitterType(String wireName) {
    this.wireName = wireName;
  }

  /** The name in a definition's {@code type}. */
  public String wireName() {
    return wireName;
  }

  /** The name in the Kafka topics of emitters of this type. */
  public String topicSegment() {
    return wireName.toLowerCase(Locale.ROOT);
  }

  /** The type of that wire name; case matters. */
  public static Optional<EmitterType> of(String wireName) {
    return Arrays.stream(values()).filter(type -> type.wireName.equals(wireName)).findFirst();
  }

  /** All wire names, for error messages. */
  public static String wireNames() {
    return Arrays.stream(values()).map(EmitterType::wireName).collect(Collectors.joining(", "));
  }
}
