package io.millrace.gateway.control;

import io.millrace.model.emitter.EmitterType;
import io.millrace.model.kafka.MillraceTopics;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the connector of each emitter type is called and configured with. */
final class ConnectorSettings {

  private static final String DEFINITIONS = "emitter.definitions";
  private static final String FROM_TOPIC = "topic";
  private static final String TOPIC_PREFIX = "topic.prefix";
  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";

  private final ControlConfig config;
  private final MillraceTopics topics;
  private final String bootstrapServers;

  ConnectorSettings(ControlConfig config, MillraceTopics topics, String bootstrapServers) {
    this.config = config;
    this.topics = topics;
    this.bootstrapServers = bootstrapServers;
  }

  String name(EmitterType type) {
    return topics.prefix() + "-" + type.topicSegment();
  }

  /** The whole configuration, as Connect tells it back. */
  Map<String, String> of(EmitterType type) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("connector.class", connectorClass(type));
    settings.put("tasks.max", Integer.toString(config.tasksMax()));
    settings.put("bootstrap.servers", bootstrapServers);
    settings.put("key.converter", BYTES);
    settings.put("value.converter", BYTES);
    settings.put("header.converter", BYTES);
    // A new emitter's topic is noticed soon, read from its first event, and halts no other lane.
    settings.put("consumer.override.metadata.max.age.ms", "500");
    settings.put("consumer.override.auto.offset.reset", "earliest");
    settings.put(
        "consumer.override.partition.assignment.strategy",
        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    settings.putAll(config.kafkaSettings());
    settings.putAll(config.overrides(type));
    settings.put("name", name(type));
    settings.put("topics.regex", regex(topics.emitterPrefix(type)) + "[A-Za-z0-9_-]+");
    settings.put(DEFINITIONS, FROM_TOPIC);
    settings.put(TOPIC_PREFIX, topics.prefix());
    return settings;
  }

  /** Whether a connector of such a name was made by a control loop, and not by somebody else. */
  boolean isOwn(Map<String, String> settings) {
    return FROM_TOPIC.equals(settings.get(DEFINITIONS))
        && topics.prefix().equals(settings.get(TOPIC_PREFIX));
  }

  private static String connectorClass(EmitterType type) {
    return switch (type) {
      case WEBHOOK -> "io.millrace.emitter.webhook.WebhookEmitterConnector";
      case AUDIT -> "io.millrace.emitter.audit.AuditEmitterConnector";
      case FILE -> "io.millrace.emitter.file.FileEmitterConnector";
      case CONSOLE -> "io.millrace.emitter.console.ConsoleEmitterConnector";
      case KAFKA -> "io.millrace.emitter.kafka.KafkaEmitterConnector";
      case POWER_BI -> "io.millrace.emitter.powerbi.PowerBiEmitterConnector";
    };
  }

  private static String regex(String literal) {
    return Pattern.compile("[.]").matcher(literal).replaceAll("[.]");
  }
}
