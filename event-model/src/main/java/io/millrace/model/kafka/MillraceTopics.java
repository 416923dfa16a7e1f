package io.millrace.model.kafka;

import io.millrace.model.emitter.EmitterType;
import java.util.regex.Pattern;

/**
 * Names of the Kafka topics under one prefix, so that several Millraces can share a cluster.
 *
 * @param prefix first part of every name, {@value #DEFAULT_PREFIX} by default
 */
public record MillraceTopics(String prefix) {

  public static final String DEFAULT_PREFIX = "millrace";

  // Kafka refuses two topics whose names differ only in '.' and '_', hence no dots in names.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

  public MillraceTopics {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "a topic prefix has 1 to 80 letters, digits, dots, dashes or underscores: " + prefix);
    }
  }

  /** Whether {@code name} may name a stream or an emitter. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** The log of one stream of events. */
  public String stream(String name) {
    return prefix + ".stream." + checked(name);
  }

  /** Matches the log of every stream, present and future. */
  public Pattern streams() {
    return Pattern.compile(Pattern.quote(prefix + ".stream.") + "[A-Za-z0-9_-]+");
  }

  /** Emitter definitions, compacted: the desired state. */
  public String emitters() {
    return prefix + ".emitters";
  }

  /** Events routed to one emitter. */
  public String emitter(EmitterType type, String id) {
    return emitterPrefix(type) + checked(id);
  }

  /** What the topics of all emitters of one type begin with; an emitter's id follows. */
  public String emitterPrefix(EmitterType type) {
    return emitterPrefix() + type.topicSegment() + ".";
  }

  /** What the topics of all emitters begin with. */
  public String emitterPrefix() {
    return prefix + ".emitter.";
  }

  /** Events that could not be routed or that an endpoint rejected, with the cause in headers. */
  public String deadLetters() {
    return prefix + ".dead-letters";
  }

  private static String checked(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "a name has 1 to 100 letters, digits, dashes or underscores: " + name);
    }
    return name;
  }
}
