package io.millrace.router;

import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.UnknownKeys;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The router's configuration. Keys that begin with {@value #KAFKA_PREFIX} go without it to every
 * Kafka client, and win over what the router chose. There is no folder for state, since the router
 * keeps none: what it knows stands in the topic of definitions and in its group's offsets.
 */
public final class RouterConfig extends AbstractConfig {

  public static final String BOOTSTRAP_SERVERS = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
  public static final String TOPIC_PREFIX = "topic.prefix";
  public static final String APPLICATION_ID = StreamsConfig.APPLICATION_ID_CONFIG;
  public static final String THREADS = StreamsConfig.NUM_STREAM_THREADS_CONFIG;
  public static final String PROCESSING_GUARANTEE = StreamsConfig.PROCESSING_GUARANTEE_CONFIG;
  public static final String EMITTER_PARTITIONS = "emitter.partitions";
  public static final String MANAGEMENT_BIND = "management.bind";
  public static final String MANAGEMENT_PORT = "management.port";

  /** What the names of settings for all Kafka clients begin with. */
  public static final String KAFKA_PREFIX = "kafka.";

  private static final Logger LOG = LoggerFactory.getLogger(RouterConfig.class);
  private static final int NO_PORT = -1;

  /**
   * Reads and checks all values, and logs names that are no keys.
   *
   * @throws ConfigException naming the key that is wrong
   */
  public RouterConfig(Map<?, ?> settings) {
    super(definition(), settings, false);
    UnknownKeys.warn(
        LOG, "the router", definition(), settings, key -> key.startsWith(KAFKA_PREFIX));
    try {
      topics();
    } catch (IllegalArgumentException e) {
      throw new ConfigException(TOPIC_PREFIX, getString(TOPIC_PREFIX), e.getMessage());
    }
  }

  /** All keys, for the reference in the documentation. */
  public static ConfigDef definition() {
    return new ConfigDef()
        .define(
            BOOTSTRAP_SERVERS,
            ConfigDef.Type.LIST,
            Importance.HIGH,
            "Brokers of the Kafka cluster to begin with, as host:port.")
        .define(
            TOPIC_PREFIX,
            ConfigDef.Type.STRING,
            MillraceTopics.DEFAULT_PREFIX,
            Importance.HIGH,
            "What the names of all Kafka topics of this Millrace begin with.")
        .define(
            APPLICATION_ID,
            ConfigDef.Type.STRING,
            "",
            Importance.MEDIUM,
            "Routers with the same id share the work and their place in the streams;"
                + " empty means the topic prefix followed by -router.")
        .define(
            THREADS,
            ConfigDef.Type.INT,
            1,
            Range.atLeast(1),
            Importance.MEDIUM,
            "Threads that route; more than there are partitions of streams stay idle.")
        .define(
            PROCESSING_GUARANTEE,
            ConfigDef.Type.STRING,
            StreamsConfig.AT_LEAST_ONCE,
            ValidString.in(StreamsConfig.AT_LEAST_ONCE, StreamsConfig.EXACTLY_ONCE_V2),
            Importance.MEDIUM,
            "at_least_once routes some events again after a crash; exactly_once_v2 does not,"
                + " for less throughput.")
        .define(
            EMITTER_PARTITIONS,
            ConfigDef.Type.INT,
            1,
            Range.atLeast(1),
            Importance.MEDIUM,
            "Partitions of the Kafka topics that the router creates for emitters;"
                + " order is kept in each partition.")
        .define(
            MANAGEMENT_BIND,
            ConfigDef.Type.STRING,
            "127.0.0.1",
            Importance.MEDIUM,
            "Address that health and metrics are served on.")
        .define(
            MANAGEMENT_PORT,
            ConfigDef.Type.INT,
            8022,
            Range.between(NO_PORT, 65535),
            Importance.MEDIUM,
            "Port that health and metrics are served on; 0 takes any free one, -1 none.");
  }

  public MillraceTopics topics() {
    return new MillraceTopics(getString(TOPIC_PREFIX));
  }

  /** Where to serve health and metrics, if at all. */
  public Optional<InetSocketAddress> management() {
    int port = getInt(MANAGEMENT_PORT);
    return port == NO_PORT
        ? Optional.empty()
        : Optional.of(new InetSocketAddress(getString(MANAGEMENT_BIND), port));
  }

  String applicationId() {
    String id = getString(APPLICATION_ID);
    return id.isEmpty() ? getString(TOPIC_PREFIX) + "-router" : id;
  }

  int emitterPartitions() {
    return getInt(EMITTER_PARTITIONS);
  }

  /** What a Kafka client needs to reach the cluster. */
  Map<String, Object> clientSettings() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(BOOTSTRAP_SERVERS, getList(BOOTSTRAP_SERVERS));
    settings.putAll(originalsWithPrefix(KAFKA_PREFIX));
    return settings;
  }
}
