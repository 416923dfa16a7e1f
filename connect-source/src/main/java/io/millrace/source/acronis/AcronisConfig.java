package io.millrace.source.acronis;

import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.millrace.model.acronis.AcronisEvent;
import io.millrace.model.identity.Credentials;
import io.millrace.source.config.Choice;
import io.millrace.source.config.IdentityConfig;
import io.millrace.source.config.KeyGroup;
import io.millrace.source.config.Problems;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Which subscription is read from where, how, and what is done beside. */
final class AcronisConfig extends AbstractConfig {

  static final String URL = "url";
  static final String CONSUMER = "consumer.id";
  static final String START = "start.position";
  static final String START_TIMESTAMP = "start.timestamp";
  static final String POLL_TIMEOUT = "poll.timeout.ms";
  static final String POLL_LIMIT = "poll.limit";
  static final String COMMIT = "commit.upstream";
  static final String COMMIT_INTERVAL = "commit.interval.ms";
  static final String FETCH_DATA = "data.fetch";

  private static final String API = "/api/event_manager/v1";

  private static final ConfigDef READING =
      new KeyGroup("Acronis")
          .required(
              URL,
              STRING,
              LambdaValidator.with((key, value) -> url(key, value), () -> ""),
              "The data center's URL, to which %s is added, or the whole URL of the API."
                  .formatted(API))
          .optional(
              CONSUMER,
              STRING,
              null,
              LambdaValidator.with(AcronisConfig::uuid, () -> ""),
              "UUID of this consumer: of several with different ones, one gets the events at a time."
                  + " By default made from the connector's name and the subscription.")
          .optional(
              START,
              STRING,
              "stored",
              Choice.of(StartPosition.class),
              "Where to begin when Connect remembers nothing: stored, where the subscription stands;"
                  + " or in its topic: earliest, current, or timestamp.")
          .optional(
              START_TIMESTAMP,
              STRING,
              null,
              LambdaValidator.with(AcronisConfig::time, () -> ""),
              "For start.position timestamp: a time such as 2026-01-31T10:00:00Z.")
          .optional(
              POLL_TIMEOUT,
              LONG,
              30_000L,
              Range.between(0, 600_000),
              "How long a poll waits for events, in milliseconds; whole seconds are asked for.")
          .optional(POLL_LIMIT, INT, 100, Range.between(1, 10_000), "Most events of one poll.")
          .optional(
              COMMIT,
              BOOLEAN,
              false,
              null,
              "Whether the subscription's stored offset follows what Kafka has. The connector does"
                  + " not need it; others who look at the subscription may.")
          .optional(
              COMMIT_INTERVAL,
              LONG,
              5_000L,
              Range.atLeast(1),
              "How often at most that offset is stored, in milliseconds.")
          .optional(
              FETCH_DATA,
              BOOLEAN,
              false,
              null,
              "Whether data of more than 64 KB, which events only refer to, is fetched: only from the"
                  + " host of url. Else such events have no data, and a dataref.")
          .def();

  static final ConfigDef DEF = all();

  private final Map<String, String> props;

  AcronisConfig(Map<String, String> props) {
    super(DEF, props, false);
    this.props = Map.copyOf(props);
  }

  /** The API's URL, without a slash at the end. */
  URI url() {
    return url(URL, getString(URL));
  }

  /** In lower case, since a UUID in capitals is the same one. */
  String subscription() {
    return getString(SubscriptionConfig.ID).toLowerCase(Locale.ROOT);
  }

  /** The same after a restart, so that the session need not run out first. */
  String consumer() {
    String given = getString(CONSUMER);
    String name = "millrace\n" + props.getOrDefault("name", "") + "\n" + subscription();
    return given != null
        ? given
        : UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  StartPosition start() {
    return Choice.read(StartPosition.class, getString(START));
  }

  @Nullable String startTimestamp() {
    return getString(START_TIMESTAMP);
  }

  Duration pollTimeout() {
    return Duration.ofSeconds(getLong(POLL_TIMEOUT) / 1_000);
  }

  int pollLimit() {
    return getInt(POLL_LIMIT);
  }

  /** How often the subscription's offset is stored; null for never. */
  @Nullable Duration commitInterval() {
    return getBoolean(COMMIT) ? Duration.ofMillis(getLong(COMMIT_INTERVAL)) : null;
  }

  boolean fetchesData() {
    return getBoolean(FETCH_DATA);
  }

  SubscriptionConfig wanted() {
    return new SubscriptionConfig(props);
  }

  @Nullable Credentials credentials() {
    return IdentityConfig.read(props);
  }

  /** What is wrong beyond single values. */
  static void check(Map<String, String> props, Problems problems) {
    AcronisConfig config = new AcronisConfig(props);
    if (config.start() == StartPosition.TIMESTAMP && config.startTimestamp() == null) {
      problems.add(START_TIMESTAMP, "is required since " + START + " is timestamp");
    }
    if (config.start() != StartPosition.TIMESTAMP && config.startTimestamp() != null) {
      problems.add(START_TIMESTAMP, "is for " + START + " timestamp, which is not given");
    }
    config.wanted().check(config, problems);
  }

  private static ConfigDef all() {
    ConfigDef def = new ConfigDef(READING);
    SubscriptionConfig.DEF.configKeys().values().forEach(def::define);
    IdentityConfig.def("basic", "bearer", "oauth2").configKeys().values().forEach(def::define);
    return def;
  }

  private static URI url(String key, @Nullable Object value) {
    try {
      URI uri = new URI(String.valueOf(value));
      boolean web =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      if (web
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        String text = uri.toString().replaceAll("/+$", "");
        boolean bare = uri.getRawPath().replace("/", "").isEmpty();
        return URI.create(bare ? text + API : text);
      }
    } catch (URISyntaxException e) {
      // Told below, without what may be a password.
    }
    throw new ConfigException(
        key + " must be an http or https URL with a host, without user, query and fragment");
  }

  static void uuid(String key, @Nullable Object value) {
    if (value != null && !AcronisEvent.isUuid(value.toString())) {
      throw new ConfigException(key, value, "must be a UUID");
    }
  }

  private static void time(String key, @Nullable Object value) {
    try {
      if (value != null) {
        OffsetDateTime unused = OffsetDateTime.parse(value.toString());
      }
    } catch (DateTimeException e) {
      throw new ConfigException(key, value, "must be a time as RFC 3339 writes it");
    }
  }
}
