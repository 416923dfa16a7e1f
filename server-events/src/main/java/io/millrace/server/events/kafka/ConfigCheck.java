package io.millrace.server.events.kafka;

import io.millrace.model.event.ResourceName;
import io.millrace.model.kafka.MillraceTopics;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds all that is wrong with a configuration, where Kafka's own reading stops at the first. */
final class ConfigCheck {

  private static final Logger LOG = LoggerFactory.getLogger(ServerEventsConfig.class);

  private final List<String> problems = new ArrayList<>();

  /** Without those that are wrong by themselves. */
  private final Map<String, Object> values = new HashMap<>();

  private ConfigCheck(ConfigDef definition, Map<String, String> settings) {
    for (ConfigValue value : definition.validate(settings)) {
      problems.addAll(value.errorMessages());
      if (value.errorMessages().isEmpty()) {
        values.put(value.name(), value.value());
      }
    }
  }

  /**
   * Says what is wrong, and logs names that are no keys.
   *
   * @throws ConfigException naming every key that is wrong
   */
  static void check(ConfigDef definition, Map<?, ?> settings) {
    Map<String, String> texts = new HashMap<>();
    settings.forEach((key, value) -> texts.put(String.valueOf(key), text(value)));
    ConfigCheck check = new ConfigCheck(definition, texts);
    check.meanings();
    if (!check.problems.isEmpty()) {
      throw new ConfigException(String.join("; ", check.problems));
    }
    TreeSet<String> unknown = new TreeSet<>(texts.keySet());
    unknown.removeAll(definition.names());
    unknown.removeIf(name -> name.startsWith(ServerEventsConfig.KAFKA_PREFIX));
    if (!unknown.isEmpty()) {
      LOG.warn("These are no keys of server events and have no effect: {}", unknown);
    }
  }

  private void meanings() {
    if (values.get(ServerEventsConfig.BOOTSTRAP_SERVERS) instanceof List<?> servers
        && servers.isEmpty()) {
      problem(ServerEventsConfig.BOOTSTRAP_SERVERS, "", "must name a broker");
    }
    name(ServerEventsConfig.APPLICATION_ID, values.get(ServerEventsConfig.APPLICATION_ID));
    name(ServerEventsConfig.STREAM, values.get(ServerEventsConfig.STREAM));
    if (values.get(ServerEventsConfig.READ_STREAMS) instanceof List<?> streams) {
      streams.forEach(stream -> name(ServerEventsConfig.READ_STREAMS, stream));
    }
    refused(ServerEventsConfig.TOPIC_PREFIX, MillraceTopics::new);
    refused(ServerEventsConfig.SOURCE, URI::create);
    if (values.get(ServerEventsConfig.BACKOFF) instanceof Integer first
        && values.get(ServerEventsConfig.BACKOFF_MAX) instanceof Integer longest
        && longest < first) {
      problem(
          ServerEventsConfig.BACKOFF_MAX,
          longest,
          "must not be less than " + ServerEventsConfig.BACKOFF);
    }
  }

  private void name(String key, @Nullable Object value) {
    if (value instanceof String name && !ResourceName.isValid(name)) {
      problem(key, name, "must have " + ResourceName.RULE);
    }
  }

  private interface Maker {
    Object make(String text);
  }

  private void refused(String key, Maker maker) {
    if (values.get(key) instanceof String text) {
      try {
        Object unused = maker.make(text);
      } catch (IllegalArgumentException e) {
        problem(key, text, String.valueOf(e.getMessage()));
      }
    }
  }

  // Worded as Kafka words its own.
  private void problem(String key, Object value, String reason) {
    problems.add("Invalid value " + value + " for configuration " + key + ": " + reason);
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }
}
