package io.millrace.gateway.ingest;

import io.millrace.model.event.TopicPath;
import io.millrace.model.foundry.ServerEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/**
 * Which stream takes which events, and how they are written.
 *
 * @param claims topics by the stream that claims them
 * @param defaultTopic of a CloudEvent that names none
 * @param maxBlock how long a write may wait for the broker's metadata or for memory
 * @param deliveryTimeout after which an event that the broker did not acknowledge has failed
 */
public record IngestConfig(
    Map<String, List<TopicPath>> claims,
    int partitions,
    String foundryStream,
    String foundrySource,
    String foundryType,
    String cloudEventsStream,
    String defaultTopic,
    List<String> allowedOrigins,
    String allowedRate,
    int lingerMillis,
    String compression,
    Duration maxBlock,
    Duration deliveryTimeout,
    int maxInFlightBytes) {

  private static final String INGEST = "Ingest";

  private static final String FOUNDRY_STREAM = "ingest.foundry.stream";
  private static final String FOUNDRY_SOURCE = "ingest.foundry.source";
  private static final String FOUNDRY_TYPE = "ingest.foundry.type";
  private static final String EVENTS_STREAM = "ingest.cloudevents.stream";
  private static final String EVENTS_TOPIC = "ingest.cloudevents.topic";
  private static final String ORIGINS = "ingest.cloudevents.allowed.origins";
  private static final String RATE = "ingest.cloudevents.allowed.rate";
  private static final String LINGER = "ingest.linger.ms";
  private static final String COMPRESSION = "ingest.compression.type";
  private static final String MAX_BLOCK = "ingest.max.block.ms";
  private static final String DELIVERY = "ingest.delivery.timeout.ms";
  private static final String IN_FLIGHT = "ingest.max.in.flight.bytes";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return defineLog(defineDialects(StreamClaims.define(def)));
  }

  private static ConfigDef defineDialects(ConfigDef def) {
    return def.define(
            FOUNDRY_STREAM,
            ConfigDef.Type.STRING,
            "foundry",
            Importance.MEDIUM,
            "Stream of Foundry's server events whose topic no stream claims.",
            INGEST,
            1,
            Width.MEDIUM,
            FOUNDRY_STREAM)
        .define(
            FOUNDRY_SOURCE,
            ConfigDef.Type.STRING,
            ServerEvents.DEFAULT_SOURCE,
            new ConfigDef.NonEmptyString(),
            Importance.LOW,
            "CloudEvents source of Foundry's server events.",
            INGEST,
            2,
            Width.MEDIUM,
            FOUNDRY_SOURCE)
        .define(
            FOUNDRY_TYPE,
            ConfigDef.Type.STRING,
            ServerEvents.DEFAULT_TYPE,
            new ConfigDef.NonEmptyString(),
            Importance.LOW,
            "CloudEvents type of Foundry's server events.",
            INGEST,
            3,
            Width.MEDIUM,
            FOUNDRY_TYPE)
        .define(
            EVENTS_STREAM,
            ConfigDef.Type.STRING,
            "events",
            Importance.MEDIUM,
            "Stream of CloudEvents whose topic no stream claims.",
            INGEST,
            4,
            Width.MEDIUM,
            EVENTS_STREAM)
        .define(
            EVENTS_TOPIC,
            ConfigDef.Type.STRING,
            "events",
            Importance.MEDIUM,
            "Topic of a CloudEvent with neither the attribute topicpath nor a path after /events.",
            INGEST,
            5,
            Width.MEDIUM,
            EVENTS_TOPIC)
        .define(
            ORIGINS,
            ConfigDef.Type.LIST,
            List.of("*"),
            Importance.MEDIUM,
            "Origins that may deliver webhooks, as asked by WebHook-Request-Origin; * for all."
                + " Credentials are needed all the same.",
            INGEST,
            6,
            Width.LONG,
            ORIGINS)
        .define(
            RATE,
            ConfigDef.Type.STRING,
            "*",
            RATES,
            Importance.LOW,
            "Requests a minute granted to those who ask by WebHook-Request-Rate; * for any.",
            INGEST,
            7,
            Width.SHORT,
            RATE);
  }

  private static ConfigDef defineLog(ConfigDef def) {
    return def.define(
            LINGER,
            ConfigDef.Type.INT,
            5,
            Range.between(0, 1_000),
            Importance.LOW,
            "Milliseconds that an event waits for others to be written with. With 5 and lz4, 20,000"
                + " events a second were acknowledged within 12 ms (p99), with 0 within 565 ms; at"
                + " 2,000 a second 0 saves about 3 ms.",
            INGEST,
            8,
            Width.SHORT,
            LINGER)
        .define(
            COMPRESSION,
            ConfigDef.Type.STRING,
            "lz4",
            ConfigDef.ValidString.in("none", "gzip", "snappy", "lz4", "zstd"),
            Importance.LOW,
            "How events are compressed.",
            INGEST,
            9,
            Width.SHORT,
            COMPRESSION)
        .define(
            MAX_BLOCK,
            ConfigDef.Type.INT,
            1_000,
            Range.between(10, 60_000),
            Importance.LOW,
            "Milliseconds that a write may wait for the broker's metadata or for memory; then 503.",
            INGEST,
            10,
            Width.SHORT,
            MAX_BLOCK)
        .define(
            DELIVERY,
            ConfigDef.Type.INT,
            8_000,
            Range.between(1_000, 600_000),
            Importance.LOW,
            "Milliseconds after which an event that the broker did not acknowledge is answered 503.",
            INGEST,
            11,
            Width.SHORT,
            DELIVERY)
        .define(
            IN_FLIGHT,
            ConfigDef.Type.INT,
            32 << 20,
            Range.atLeast(1 << 20),
            Importance.LOW,
            "Most bytes of events that wait for the broker; beyond them the answer is 503.",
            INGEST,
            12,
            Width.SHORT,
            IN_FLIGHT);
  }

  private static final ConfigDef.Validator RATES =
      ConfigDef.LambdaValidator.with(
          (name, value) -> {
            if (!String.valueOf(value).matches("\\*|[1-9][0-9]{0,8}")) {
              throw new ConfigException(name, value, "must be a number of at least 1, or *");
            }
          },
          () -> "a number of at least 1, or *");

  /** Whether it is one of the keys that no definition names, since they name streams. */
  public static boolean takes(String key) {
    return StreamClaims.isKey(key);
  }

  /**
   * Reads the keys.
   *
   * @throws ConfigException naming the key that is wrong
   */
  public static IngestConfig from(AbstractConfig config) {
    Map<String, List<TopicPath>> claims = StreamClaims.read(config);
    claims.putIfAbsent(StreamClaims.name(config, FOUNDRY_STREAM), List.of());
    claims.putIfAbsent(StreamClaims.name(config, EVENTS_STREAM), List.of());
    StreamClaims.topic(EVENTS_TOPIC, config.getString(EVENTS_TOPIC));
    return new IngestConfig(
        Map.copyOf(claims),
        config.getInt(StreamClaims.PARTITIONS),
        config.getString(FOUNDRY_STREAM),
        config.getString(FOUNDRY_SOURCE),
        config.getString(FOUNDRY_TYPE),
        config.getString(EVENTS_STREAM),
        config.getString(EVENTS_TOPIC),
        config.getList(ORIGINS),
        config.getString(RATE),
        config.getInt(LINGER),
        config.getString(COMPRESSION),
        Duration.ofMillis(config.getInt(MAX_BLOCK)),
        Duration.ofMillis(config.getInt(DELIVERY)),
        config.getInt(IN_FLIGHT));
  }
}
