package io.millrace.server.events.kafka;

import io.millrace.model.event.ResourceName;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.server.events.dispatch.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * Configuration of an application's event bus on Kafka. Keys that begin with {@value #KAFKA_PREFIX}
 * go without it to every Kafka client; those that the bus promises something by, it sets itself.
 */
public final class ServerEventsConfig extends AbstractConfig {

  public static final String BOOTSTRAP_SERVERS = CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
  public static final String APPLICATION_ID = "application.id";
  public static final String TOPIC_PREFIX = "topic.prefix";
  public static final String STREAM = "stream";
  public static final String READ_STREAMS = "read.streams";
  public static final String TOPICS_CREATE = "topics.create";
  public static final String SOURCE = "source";
  public static final String MAX_IN_FLIGHT_BYTES = "notify.max.in.flight.bytes";
  public static final String NOTIFY_MAX_BLOCK = "notify.max.block.ms";
  public static final String DELIVERY_TIMEOUT = "notify.delivery.timeout.ms";
  public static final String LINGER = "notify.linger.ms";
  public static final String COMPRESSION = "notify.compression.type";
  public static final String START_FROM = "handle.start.from";
  public static final String THREADS = "handle.threads";
  public static final String MAX_PENDING = "handle.max.pending";
  public static final String MAX_PENDING_BYTES = "handle.max.pending.bytes";
  public static final String ATTEMPTS = "retry.attempts";
  public static final String BACKOFF = "retry.backoff.ms";
  public static final String BACKOFF_MAX = "retry.backoff.max.ms";
  public static final String COMMIT_INTERVAL = "commit.interval.ms";
  public static final String DRAIN_TIMEOUT = "drain.timeout.ms";

  /** What the names of settings for all Kafka clients begin with. */
  public static final String KAFKA_PREFIX = "kafka.";

  private static final String LATEST = "latest";
  private static final String EARLIEST = "earliest";

  /**
   * Reads the keys. Keys that nobody knows are passed over, and named in the log.
   *
   * @throws ConfigException naming every key that is wrong
   */
  public ServerEventsConfig(Map<?, ?> settings) {
    super(definition(), checked(settings), false);
  }

  private static Map<?, ?> checked(Map<?, ?> settings) {
    ConfigCheck.check(definition(), settings);
    return settings;
  }

  /** All keys, for the reference in the documentation. */
  public static ConfigDef definition() {
    return handling(
        new ConfigDef()
            .define(
                BOOTSTRAP_SERVERS,
                ConfigDef.Type.LIST,
                Importance.HIGH,
                "Brokers of the Kafka cluster to begin with, as host:port.")
            .define(
                APPLICATION_ID,
                ConfigDef.Type.STRING,
                Importance.HIGH,
                "Instances with the same id share the events; has " + ResourceName.RULE + ".")
            .define(
                TOPIC_PREFIX,
                ConfigDef.Type.STRING,
                MillraceTopics.DEFAULT_PREFIX,
                Importance.MEDIUM,
                "What the names of all Kafka topics of the Millrace begin with.")
            .define(
                STREAM,
                ConfigDef.Type.STRING,
                "foundry",
                Importance.HIGH,
                "Stream that events are raised on; the gateway's for Foundry by default.")
            .define(
                READ_STREAMS,
                ConfigDef.Type.LIST,
                List.of(),
                Importance.MEDIUM,
                "Streams that events are handled from; empty means the one they are raised on.")
            .define(
                TOPICS_CREATE,
                ConfigDef.Type.BOOLEAN,
                false,
                Importance.LOW,
                "Whether to create missing Kafka topics, with the broker's defaults."
                    + " Otherwise a missing one is an error at the start.")
            .define(
                SOURCE,
                ConfigDef.Type.STRING,
                "",
                Importance.LOW,
                "CloudEvents source of the events; empty means the application's id.")
            .define(
                MAX_IN_FLIGHT_BYTES,
                ConfigDef.Type.INT,
                32 << 20,
                Range.atLeast(1 << 16),
                Importance.MEDIUM,
                "Most bytes of raised events that wait for the broker.")
            .define(
                NOTIFY_MAX_BLOCK,
                ConfigDef.Type.INT,
                0,
                Range.between(0, 600_000),
                Importance.MEDIUM,
                "Milliseconds that notify waits for room when too many events wait;"
                    + " then, or at once with 0, the event is dropped and counted.")
            .define(
                DELIVERY_TIMEOUT,
                ConfigDef.Type.INT,
                120_000,
                Range.between(1_000, 3_600_000),
                Importance.MEDIUM,
                "Milliseconds after which an event that the broker did not acknowledge has failed.")
            .define(
                LINGER,
                ConfigDef.Type.INT,
                5,
                Range.between(0, 1_000),
                Importance.LOW,
                "Milliseconds that an event waits for others to be written with.")
            .define(
                COMPRESSION,
                ConfigDef.Type.STRING,
                "lz4",
                ValidString.in("none", "gzip", "snappy", "lz4", "zstd"),
                Importance.LOW,
                "How events are compressed."));
  }

  private static ConfigDef handling(ConfigDef def) {
    return def.define(
            START_FROM,
            ConfigDef.Type.STRING,
            LATEST,
            ValidString.in(LATEST, EARLIEST),
            Importance.MEDIUM,
            "Where an application begins that has no position yet: latest, with the events raised"
                + " since it was started, or earliest, with all that the stream holds."
                + " A broadcast always begins with the start.")
        .define(
            THREADS,
            ConfigDef.Type.INT,
            8,
            Range.between(1, 1_000),
            Importance.MEDIUM,
            "Most events that are handled at the same time.")
        .define(
            MAX_PENDING,
            ConfigDef.Type.INT,
            1_000,
            Range.between(1, 1_000_000),
            Importance.LOW,
            "Events of one partition that are taken and not settled, after which it is paused.")
        .define(
            MAX_PENDING_BYTES,
            ConfigDef.Type.LONG,
            32L << 20,
            Range.atLeast(1 << 16),
            Importance.LOW,
            "Bytes of events that are taken and not settled, after which all is paused.")
        .define(
            ATTEMPTS,
            ConfigDef.Type.INT,
            5,
            Range.between(1, 1_000),
            Importance.MEDIUM,
            "How often an event is tried before it goes to the dead letters.")
        .define(
            BACKOFF,
            ConfigDef.Type.INT,
            200,
            Range.between(1, 3_600_000),
            Importance.MEDIUM,
            "Milliseconds before the second attempt; each wait is twice the one before.")
        .define(
            BACKOFF_MAX,
            ConfigDef.Type.INT,
            30_000,
            Range.between(1, 3_600_000),
            Importance.MEDIUM,
            "Longest wait between two attempts, in milliseconds.")
        .define(
            COMMIT_INTERVAL,
            ConfigDef.Type.INT,
            1_000,
            Range.between(10, 60_000),
            Importance.LOW,
            "Milliseconds between commits; after a crash what was handled since comes again.")
        .define(
            DRAIN_TIMEOUT,
            ConfigDef.Type.INT,
            30_000,
            Range.between(0, 240_000),
            Importance.LOW,
            "Milliseconds that closing, or giving a partition away, waits for subscribers.");
  }

  MillraceTopics topics() {
    return new MillraceTopics(getString(TOPIC_PREFIX));
  }

  String applicationId() {
    return getString(APPLICATION_ID);
  }

  String group() {
    return getString(TOPIC_PREFIX) + "-server-events-" + applicationId();
  }

  URI source() {
    String source = getString(SOURCE);
    return URI.create(source.isBlank() ? applicationId() : source);
  }

  String writeTopic() {
    return topics().stream(getString(STREAM));
  }

  List<String> readTopics() {
    List<String> streams = new ArrayList<>(getList(READ_STREAMS));
    if (streams.isEmpty()) {
      streams.add(getString(STREAM));
    }
    return streams.stream().distinct().map(topics()::stream).toList();
  }

  RetryPolicy retryPolicy() {
    return new RetryPolicy(
        getInt(ATTEMPTS),
        millis(BACKOFF),
        millis(BACKOFF_MAX),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  boolean fromEarliest() {
    return getString(START_FROM).equals(EARLIEST);
  }

  Duration millis(String key) {
    return Duration.ofMillis(getInt(key));
  }

  /** What a Kafka client needs to reach the cluster. */
  Map<String, Object> clientSettings() {
    Map<String, Object> settings = new HashMap<>(originalsWithPrefix(KAFKA_PREFIX));
    settings.put(BOOTSTRAP_SERVERS, getList(BOOTSTRAP_SERVERS));
    return settings;
  }
}
