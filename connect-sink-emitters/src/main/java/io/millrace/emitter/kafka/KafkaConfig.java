package io.millrace.emitter.kafka;

import io.millrace.emitter.task.Choice;
import io.millrace.emitter.task.EmitterIdentities;
import io.millrace.emitter.task.EmitterKind;
import io.millrace.emitter.task.EventConfig;
import io.millrace.emitter.task.IdentityConfig;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.PayloadMode;
import io.millrace.model.kafka.KafkaCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/** What a Kafka emitter is told by connector configuration, and how its task reaches clusters. */
final class KafkaConfig extends AbstractConfig {

  static final String CHECK_TIMEOUT = "topic.check.timeout.ms";
  static final String IDLE = "producer.idle.ms";
  static final String METADATA_WAIT = "topic.metadata.wait.ms";
  static final String PRODUCER = "producer.";

  private static final String GROUP = "Clusters";

  // A topic that is sent to now and then is not to be asked for anew each time.
  private static final long METADATA_MAX_IDLE_MS = 86_400_000;
  private static final int DELIVERY_TIMEOUT_MS = 30_000;
  private static final int REQUEST_TIMEOUT_MS = 10_000;
  private static final int MAX_REQUEST_BYTES = 32 * 1024 * 1024;
  private static final int MAX_IN_FLIGHT = 5;

  private static final ConfigDef SETTINGS =
      IdentityConfig.addTo(
          new ConfigDef()
              .define(
                  CHECK_TIMEOUT,
                  ConfigDef.Type.LONG,
                  5_000L,
                  Range.between(0, 60_000),
                  Importance.MEDIUM,
                  "How long, in milliseconds, the brokers are asked for the topic before the connector"
                      + " is accepted, in direct mode. 0 asks nothing.",
                  GROUP,
                  1,
                  Width.SHORT,
                  "Topic check")
              .define(
                  METADATA_WAIT,
                  ConfigDef.Type.LONG,
                  5_000L,
                  Range.between(1, 600_000),
                  Importance.LOW,
                  "How long, in milliseconds, an attempt waits for brokers to say where the topic is.",
                  GROUP,
                  2,
                  Width.SHORT,
                  "Metadata wait")
              .define(
                  IDLE,
                  ConfigDef.Type.LONG,
                  300_000L,
                  Range.atLeast(1),
                  Importance.LOW,
                  "A producer that nobody used for so many milliseconds is closed. Emitters with equal"
                      + " brokers and identity share one. Other keys that begin with producer. are"
                      + " handed to the producers without that prefix: a trust store, compression.type,"
                      + " linger.ms. They are idempotent and ask for all acknowledgements in any case.",
                  GROUP,
                  3,
                  Width.SHORT,
                  "Producer's idle time"));

  static final EmitterKind KIND =
      new EmitterKind(
          EmitterType.KAFKA,
          KafkaConfig::parameters,
          SETTINGS,
          props ->
              KafkaOutlet.open(
                  new KafkaConfig(props), EmitterIdentities.open(props, Clock.systemUTC())),
          new KafkaCheck());

  /**
   * Over a connector's configuration.
   *
   * @throws org.apache.kafka.common.config.ConfigException if a setting of the producer is wrong
   */
  KafkaConfig(Map<String, String> props) {
    super(SETTINGS, props, false);
    var unused =
        new ProducerConfig(
            new HashMap<>(producerConfig(new KafkaCluster(List.of("localhost:9092"), null))));
  }

  /** What any client of any cluster is told, such as whom to trust. */
  Map<String, Object> clientSettings() {
    Map<String, Object> settings = new HashMap<>(originalsWithPrefix(PRODUCER));
    settings.remove(IDLE.substring(PRODUCER.length()));
    return settings;
  }

  /** Order per key is kept over the producer's own retries, and it never blocks. */
  Map<String, Object> producerConfig(KafkaCluster cluster) {
    Map<String, Object> config = new HashMap<>(cluster.clientConfig(clientSettings()));
    config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.putIfAbsent(ProducerConfig.METADATA_MAX_IDLE_CONFIG, METADATA_MAX_IDLE_MS);
    // The broker decides what is too large, and says so in a way that can be dealt with.
    config.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST_BYTES);
    config.putIfAbsent(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, MAX_IN_FLIGHT);
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
    String bytes = "org.apache.kafka.common.serialization.ByteArraySerializer";
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, bytes);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, bytes);
    return config;
  }

  Duration checkTimeout() {
    return Duration.ofMillis(getLong(CHECK_TIMEOUT));
  }

  Duration metadataWait() {
    return Duration.ofMillis(getLong(METADATA_WAIT));
  }

  Duration producerIdle() {
    return Duration.ofMillis(getLong(IDLE));
  }

  private static ConfigDef parameters() {
    Choice mode = Choice.of(PayloadMode.class);
    ConfigDef def = new ConfigDef();
    def.define(
        "brokers",
        ConfigDef.Type.STRING,
        null,
        Importance.HIGH,
        "Brokers of the cluster that events are written to: host:port, or several separated by"
            + " commas. Required in direct mode. With an identity of type saslPlain it is SASL_SSL"
            + " with PLAIN; else as producer.security.protocol says.",
        EmitterKind.PARAMETERS,
        1,
        Width.LONG,
        "Brokers");
    def.define(
        "topic",
        ConfigDef.Type.STRING,
        null,
        Importance.HIGH,
        "Kafka topic that events are written to. Required in direct mode, and must be there unless"
            + " the brokers create topics.",
        EmitterKind.PARAMETERS,
        2,
        Width.MEDIUM,
        "Topic");
    def.define(
        "mode",
        ConfigDef.Type.STRING,
        "binary",
        mode,
        Importance.MEDIUM,
        "Layout of the record: binary has the event's data as value and its attributes as ce_"
            + " headers, structured has both in one JSON document.",
        EmitterKind.PARAMETERS,
        3,
        Width.SHORT,
        "Mode",
        mode);
    def.define(
        "key.expression",
        ConfigDef.Type.STRING,
        null,
        Importance.MEDIUM,
        "FEEL expression over the event whose value is the record's key, such as customer.id. By"
            + " default the key is the event's partitionkey, else its subject.",
        EmitterKind.PARAMETERS,
        4,
        Width.LONG,
        "Key expression");
    return EventConfig.addTo(def, 5);
  }
}
