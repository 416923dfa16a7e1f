package io.millrace.emitter.task;

import io.millrace.model.kafka.MillraceTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * Where the emitter is defined, where rejected events go, and how the task reaches Kafka for both.
 */
final class ModeConfig extends AbstractConfig {

  static final String DEFINITIONS = "emitter.definitions";
  static final String INLINE = "inline";
  static final String TOPIC = "topic";
  static final String BOOTSTRAP = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
  static final String PREFIX = "topic.prefix";
  static final String DEAD_LETTERS = "dead.letter.topic";
  static final String CLIENT_PREFIX = "kafka.";

  private static final String GROUP = "Mode";
  private static final Choice MODES = new Choice(List.of(INLINE, TOPIC));

  static final ConfigDef DEF =
      new ConfigDef()
          .define(
              DEFINITIONS,
              ConfigDef.Type.STRING,
              INLINE,
              MODES,
              Importance.HIGH,
              "Where the emitter is defined. inline (direct mode): here, as one emitter of whatever"
                  + " topics hold CloudEvents. topic (shared mode): in the topic of emitter"
                  + " definitions, for all emitters of this type; topics.regex matches theirs.",
              GROUP,
              1,
              Width.SHORT,
              "Definitions",
              MODES)
          .define(
              BOOTSTRAP,
              ConfigDef.Type.LIST,
              List.of(),
              Importance.HIGH,
              "Kafka brokers for definitions, dead letters and what is remembered of failures. Keys that"
                  + " begin with kafka. are handed to these clients without that prefix, for security"
                  + " settings. Required in shared mode and with dead.letter.topic. Direct mode without"
                  + " it forgets at a restart how often an event was tried.",
              GROUP,
              2,
              Width.LONG,
              "Bootstrap servers")
          .define(
              PREFIX,
              ConfigDef.Type.STRING,
              MillraceTopics.DEFAULT_PREFIX,
              Importance.LOW,
              "First part of the names of Millrace's Kafka topics.",
              GROUP,
              3,
              Width.MEDIUM,
              "Topic prefix")
          .define(
              DEAD_LETTERS,
              ConfigDef.Type.STRING,
              null,
              Importance.MEDIUM,
              "Kafka topic for events that the endpoint rejects and records that are no events; created"
                  + " if missing. In shared mode it is the prefix's dead-letters topic by default. Without"
                  + " one, direct mode uses Connect's errors.deadletterqueue.topic.name, and without that"
                  + " too the lane stops at such an event.",
              GROUP,
              4,
              Width.MEDIUM,
              "Dead-letter topic");

  ModeConfig(Map<String, String> props) {
    super(DEF, props, false);
  }

  boolean isShared() {
    return TOPIC.equalsIgnoreCase(getString(DEFINITIONS));
  }

  boolean hasBrokers() {
    return !getList(BOOTSTRAP).isEmpty();
  }

  MillraceTopics topics() {
    return new MillraceTopics(getString(PREFIX));
  }

  Optional<String> deadLetterTopic() {
    return Optional.ofNullable(getString(DEAD_LETTERS))
        .or(() -> isShared() ? Optional.of(topics().deadLetters()) : Optional.empty());
  }

  Map<String, Object> clientConfig() {
    Map<String, Object> config = new HashMap<>(originalsWithPrefix(CLIENT_PREFIX));
    config.put(BOOTSTRAP, getList(BOOTSTRAP));
    return config;
  }
}
