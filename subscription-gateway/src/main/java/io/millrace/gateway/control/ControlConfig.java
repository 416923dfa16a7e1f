package io.millrace.gateway.control;

import io.millrace.model.emitter.EmitterType;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the control loop. It has no {@code toString}: what is passed on to connectors may be
 * secret.
 *
 * <p>Beside the keys that {@link #define} tells, it takes in {@code connector.<type>.<key>}, which
 * become {@code <key>} in the configuration of that type's connector, {@code connectors.<key>} for
 * the connectors of all types, and the service's {@code kafka.<key>}, which connectors get as they
 * are. Kafka Connect shows a connector's configuration to everyone who may ask it, so a secret is
 * better given as a reference ({@code ${file:/run/secrets/kafka.properties:jaas}}) that the Connect
 * workers resolve: it is passed on untouched. For the service's own clients the reference is
 * resolved by {@code kafka.config.providers}.
 */
public final class ControlConfig {

  public static final String CONNECT_URLS = "connect.urls";
  public static final String CONNECT_USERNAME = "connect.username";
  public static final String CONNECT_PASSWORD = "connect.password";
  public static final String CONNECT_TASKS_MAX = "connect.tasks.max";
  public static final String SYSTEM_EMITTERS_DIR = "system.emitters.dir";
  public static final String EMITTER_PARTITIONS = "emitter.partitions";
  public static final String CONTROL_INTERVAL = "control.interval.ms";
  public static final String TOPIC_DELETE_DELAY = "control.topic.delete.delay.ms";

  public static final String AUDIT_RETENTION = "audit.retention.ms";
  public static final String AUDIT_DELETE_DELAY = "audit.delete.delay.ms";

  private static final String CONNECTOR_PREFIX = "connector.";
  private static final String CONNECTORS_PREFIX = "connectors.";
  private static final String KAFKA_PREFIX = "kafka.";
  private static final String GROUP = "Control loop";

  // By these a connector is recognised as the control loop's own, or finds its events.
  private static final Set<String> FIXED_KEYS =
      Set.of("name", "topics", "topics.regex", "emitter.definitions", "topic.prefix");

  private final List<URI> connectUrls;
  private final @Nullable String username;
  private final @Nullable Password password;
  private final int tasksMax;
  private final @Nullable Path systemEmittersDir;
  private final int emitterPartitions;
  private final Duration interval;
  private final Duration topicDeleteDelay;
  private final long auditRetention;
  private final Duration auditDeleteDelay;
  private final Map<String, String> kafkaSettings = new TreeMap<>();
  private final Map<EmitterType, Map<String, String>> overrides = new EnumMap<>(EmitterType.class);

  /**
   * Reads the settings out of a configuration that was parsed with {@link #define}.
   *
   * @throws ConfigException naming the key and what is wrong with it
   */
  public ControlConfig(AbstractConfig config) {
    connectUrls = config.getList(CONNECT_URLS).stream().map(ControlConfig::url).toList();
    username = config.getString(CONNECT_USERNAME);
    password = config.getPassword(CONNECT_PASSWORD);
    if ((username == null) != (password == null)) {
      throw new ConfigException(
          CONNECT_USERNAME + " and " + CONNECT_PASSWORD + " are given together or not at all");
    }
    tasksMax = config.getInt(CONNECT_TASKS_MAX);
    systemEmittersDir = path(config.getString(SYSTEM_EMITTERS_DIR));
    emitterPartitions = config.getInt(EMITTER_PARTITIONS);
    interval = Duration.ofMillis(config.getLong(CONTROL_INTERVAL));
    topicDeleteDelay = Duration.ofMillis(config.getLong(TOPIC_DELETE_DELAY));
    auditRetention = config.getLong(AUDIT_RETENTION);
    auditDeleteDelay = Duration.ofMillis(config.getLong(AUDIT_DELETE_DELAY));
    for (EmitterType type : EmitterType.values()) {
      overrides.put(type, new TreeMap<>());
    }
    Map<String, Object> originals = config.originals();
    originals.forEach(this::passOnToAll);
    originals.forEach(this::passOnToOne); // The closer one wins.
  }

  /** Adds the control loop's keys to a service's. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            CONNECT_URLS,
            ConfigDef.Type.LIST,
            List.of(),
            ConfigDef.ValidList.anyNonDuplicateValues(true, false),
            Importance.HIGH,
            "URLs of Kafka Connect workers of one cluster, tried in turn. Without any, emitters are"
                + " defined but no connectors are made.",
            GROUP,
            1,
            ConfigDef.Width.LONG,
            CONNECT_URLS)
        .define(
            CONNECT_USERNAME,
            ConfigDef.Type.STRING,
            null,
            Importance.MEDIUM,
            "User for Kafka Connect's REST API, when it asks for basic credentials.")
        .define(
            CONNECT_PASSWORD,
            ConfigDef.Type.PASSWORD,
            null,
            Importance.MEDIUM,
            "Password for Kafka Connect's REST API.")
        .define(
            CONNECT_TASKS_MAX,
            ConfigDef.Type.INT,
            1,
            Range.atLeast(1),
            Importance.MEDIUM,
            "Most tasks of the connector of each emitter type.")
        .define(
            SYSTEM_EMITTERS_DIR,
            ConfigDef.Type.STRING,
            null,
            Importance.HIGH,
            "Folder of system emitters, one JSON file each, created when missing. Several gateways"
                + " must see the same files. Without it, system emitters are left as they are.")
        .define(
            EMITTER_PARTITIONS,
            ConfigDef.Type.INT,
            1,
            Range.atLeast(1),
            Importance.LOW,
            "Partitions of the Kafka topic that is created for an emitter.")
        .define(
            CONTROL_INTERVAL,
            ConfigDef.Type.LONG,
            5_000L,
            Range.atLeast(100),
            Importance.LOW,
            "How often, in milliseconds, all is compared although nothing was heard to change.")
        .define(
            TOPIC_DELETE_DELAY,
            ConfigDef.Type.LONG,
            60_000L,
            Range.atLeast(0),
            Importance.LOW,
            "How long after an emitter was removed, in milliseconds, its Kafka topic is deleted:"
                + " long enough for the router and the connectors to have stopped using it.")
        .define(
            AUDIT_RETENTION,
            ConfigDef.Type.LONG,
            -1L,
            Range.atLeast(-1),
            Importance.MEDIUM,
            "How long entries of audit logs are kept, in milliseconds; -1 for ever. The newest"
                + " entry of a log always stays.")
        .define(
            AUDIT_DELETE_DELAY,
            ConfigDef.Type.LONG,
            30L * 24 * 60 * 60 * 1000,
            Range.atLeast(0),
            Importance.MEDIUM,
            "How long after an Audit emitter was removed, in milliseconds, its log is deleted;"
                + " counted anew when the gateway starts.");
  }

  /** Whether it is one of the keys that are passed on to connectors, which no definition names. */
  public static boolean takes(String key) {
    return key.startsWith(CONNECTOR_PREFIX) || key.startsWith(CONNECTORS_PREFIX);
  }

  List<URI> connectUrls() {
    return connectUrls;
  }

  /** The value of the {@code Authorization} header for Connect, which is a secret; or null. */
  @Nullable String connectAuthorization() {
    if (username == null || password == null) {
      return null;
    }
    byte[] credentials = (username + ":" + password.value()).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }

  int tasksMax() {
    return tasksMax;
  }

  Optional<Path> systemEmittersDir() {
    return Optional.ofNullable(systemEmittersDir);
  }

  int emitterPartitions() {
    return emitterPartitions;
  }

  Duration interval() {
    return interval;
  }

  Duration topicDeleteDelay() {
    return topicDeleteDelay;
  }

  /** How long entries of audit logs are kept; empty for ever. */
  Optional<Duration> auditRetention() {
    return auditRetention < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(auditRetention));
  }

  Duration auditDeleteDelay() {
    return auditDeleteDelay;
  }

  /** The service's {@code kafka.} settings, with that prefix. */
  Map<String, String> kafkaSettings() {
    return kafkaSettings;
  }

  /** What the connector of one type is given beside, or instead of, what it would have. */
  public Map<String, String> overrides(EmitterType type) {
    return overrides.getOrDefault(type, Map.of());
  }

  /** Keys of secrets that connectors get as they are, and not as a reference. */
  Set<String> shownSecrets() {
    Set<String> shown = new TreeSet<>();
    Stream.concat(Stream.of(kafkaSettings), overrides.values().stream())
        .flatMap(settings -> settings.entrySet().stream())
        .filter(each -> isSecret(each.getKey()) && !each.getValue().contains("${"))
        .forEach(each -> shown.add(each.getKey()));
    return shown;
  }

  private static boolean isSecret(String key) {
    // Of the connector itself, its own clients, or those that Connect runs for it.
    String dotted = "." + key;
    return dotted.endsWith(".password")
        || ProducerConfig.configDef().configKeys().values().stream()
            .filter(known -> known.type == ConfigDef.Type.PASSWORD)
            .anyMatch(known -> dotted.endsWith("." + known.name));
  }

  private void passOnToAll(String key, Object value) {
    if (key.startsWith(KAFKA_PREFIX)) {
      kafkaSettings.put(key, text(value));
    } else if (key.startsWith(CONNECTORS_PREFIX)) {
      String name = checked(key, key.substring(CONNECTORS_PREFIX.length()));
      overrides.values().forEach(settings -> settings.put(name, text(value)));
    }
  }

  private void passOnToOne(String key, Object value) {
    if (key.startsWith(CONNECTOR_PREFIX)) {
      String rest = key.substring(CONNECTOR_PREFIX.length());
      int dot = rest.indexOf('.');
      EmitterType type =
          Arrays.stream(EmitterType.values())
              .filter(each -> dot > 0 && each.topicSegment().equals(rest.substring(0, dot)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ConfigException(
                          key + " must begin with connector. and an emitter type in lower case"));
      overrides(type).put(checked(key, rest.substring(dot + 1)), text(value));
    }
  }

  private static String checked(String key, String name) {
    if (name.isEmpty() || FIXED_KEYS.contains(name)) {
      throw new ConfigException(key + " cannot be set: the control loop decides it");
    }
    return name;
  }

  private static String text(Object value) {
    return value instanceof Password secret ? secret.value() : String.valueOf(value);
  }

  private static URI url(String text) {
    try {
      URI url = new URI(text.strip());
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Reported below, without the text: it may carry credentials.
    }
    throw new ConfigException(
        CONNECT_URLS + " must hold http or https URLs with a host and without credentials");
  }

  private static @Nullable Path path(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return Path.of(text.strip());
    } catch (InvalidPathException e) {
      throw new ConfigException(SYSTEM_EMITTERS_DIR + " must be a path: " + e.getReason());
    }
  }
}
