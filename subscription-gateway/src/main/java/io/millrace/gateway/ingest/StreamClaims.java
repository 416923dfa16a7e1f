package io.millrace.gateway.ingest;

import io.millrace.model.event.TopicPath;
import io.millrace.model.kafka.MillraceTopics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The keys {@code stream.NAME.topics}, of which the vendors' streams have defaults. */
final class StreamClaims {

  static final String PARTITIONS = "stream.partitions";

  private static final String GROUP = "Streams";
  private static final String PREFIX = "stream.";
  private static final String SUFFIX = ".topics";

  // The last are the topics that Trisotech DES publishes.
  private static final Map<String, String> DEFAULTS =
      new TreeMap<>(
          Map.of(
              "events", "",
              "foundry", "",
              "mmm", "mmm",
              "acronis", "acronis",
              "des", "service,environment,task,connector,repository,issue,websession"));

  private StreamClaims() {}

  static ConfigDef define(ConfigDef def) {
    int order = 1;
    def.define(
        PARTITIONS,
        ConfigDef.Type.INT,
        1,
        Range.atLeast(1),
        Importance.MEDIUM,
        "Partitions of a stream's Kafka topic when it is created. Only one keeps a total order.",
        GROUP,
        order++,
        Width.SHORT,
        PARTITIONS);
    for (Map.Entry<String, String> stream : DEFAULTS.entrySet()) {
      String key = PREFIX + stream.getKey() + SUFFIX;
      def.define(
          key,
          ConfigDef.Type.LIST,
          stream.getValue(),
          Importance.MEDIUM,
          "Topics that the stream "
              + stream.getKey()
              + " claims, with all below them; the longest"
              + " claim wins. Any other key stream.NAME.topics adds a stream of that name.",
          GROUP,
          order++,
          Width.LONG,
          key);
    }
    return def;
  }

  /** Topics by stream, of every stream that has a key. */
  static Map<String, List<TopicPath>> read(AbstractConfig config) {
    Map<String, List<TopicPath>> claims = new HashMap<>();
    DEFAULTS
        .keySet()
        .forEach(
            stream ->
                claims.put(
                    stream,
                    topics(PREFIX + stream + SUFFIX, config.getList(PREFIX + stream + SUFFIX))));
    config
        .originalsStrings()
        .forEach(
            (key, value) -> {
              if (isKey(key)) {
                String stream =
                    key.substring(
                        PREFIX.length(), Math.max(PREFIX.length(), key.length() - SUFFIX.length()));
                if (!DEFAULTS.containsKey(stream)) {
                  claims.put(checked(key, stream), topics(key, List.of(value.split(",", -1))));
                }
              }
            });
    return claims;
  }

  /** Whether a key says which topics some stream claims. */
  static boolean isKey(String key) {
    return key.startsWith(PREFIX) && key.endsWith(SUFFIX);
  }

  /** The stream that a key names. */
  static String name(AbstractConfig config, String key) {
    return checked(key, config.getString(key));
  }

  static TopicPath topic(String key, String text) {
    try {
      return TopicPath.parse(text);
    } catch (IllegalArgumentException e) {
      throw (ConfigException) new ConfigException(key, text, e.getMessage()).initCause(e);
    }
  }

  private static List<TopicPath> topics(String key, List<String> texts) {
    List<TopicPath> topics = new ArrayList<>();
    for (String text : texts) {
      if (!text.isBlank()) {
        topics.add(topic(key, text.strip()));
      }
    }
    return List.copyOf(topics);
  }

  private static String checked(String key, String stream) {
    try {
      new MillraceTopics(MillraceTopics.DEFAULT_PREFIX).stream(stream);
      return stream;
    } catch (IllegalArgumentException e) {
      throw (ConfigException) new ConfigException(key, stream, e.getMessage()).initCause(e);
    }
  }
}
