package io.millrace.source.mmm;

import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.millrace.model.mmm.EntityStatus;
import io.millrace.source.config.Choice;
import io.millrace.source.config.IdentityConfig;
import io.millrace.source.config.KeyGroup;
import io.millrace.source.config.Problems;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.jspecify.annotations.Nullable;

/** What is subscribed to where, how it is acknowledged, and how the connection is watched. */
final class MmmConfig extends AbstractConfig {

  static final String URL = "url";
  static final String GRAPHQL_PATH = "graphql.path";
  static final String SOCKET_PATH = "subscriptions.path";
  static final String SUBPROTOCOL = "subprotocol";
  static final String SUBSCRIPTION = "subscription.id";
  static final String START_AFTER = "start.after";
  static final String ENTITY_ID = "entity.id";
  static final String ENTITY_TYPE = "entity.type";
  static final String PARENT_ID = "parent.id";
  static final String EVENT_TYPE = "event.type";
  static final String EXCLUDE_OWN = "exclude.own.modifications";
  static final String CHUNK_SIZE = "chunk.size";
  static final String CHUNK_DELAY = "chunk.max.delay.ms";
  static final String ACK_LIMIT = "ack.limit";
  static final String ACK_EVENTS = "ack.events";
  static final String ACK_INTERVAL = "ack.interval.ms";
  static final String EVENT_SOURCE = "event.source";
  static final String PING = "ping.interval.ms";
  static final String IDLE = "idle.timeout.ms";
  static final String LONGEST = "message.max.chars";
  static final String UNSUBSCRIBE = "unsubscribe.on.offset.reset";

  private static final String AUTO = "auto";
  private static final String NAME = "name";
  private static final int MOST = 1_000_000;

  private static final ConfigDef SUBSCRIBING =
      new KeyGroup("MMM")
          .required(
              URL,
              STRING,
              LambdaValidator.with(MmmUrls::validateBase, () -> ""),
              "URL of MMM, such as https://mmm.example:8021.")
          .optional(
              GRAPHQL_PATH,
              STRING,
              "/graphql",
              LambdaValidator.with(MmmUrls::validatePath, () -> ""),
              "Path for queries and mutations by HTTP, below the URL.")
          .optional(
              SOCKET_PATH,
              STRING,
              "/subscriptions",
              LambdaValidator.with(MmmUrls::validatePath, () -> ""),
              "Path for subscriptions by WebSocket, below the URL.")
          .optional(
              SUBPROTOCOL,
              STRING,
              AUTO,
              new Choice(
                  List.of(AUTO, Subprotocol.TRANSPORT.wireName(), Subprotocol.LEGACY.wireName())),
              "How GraphQL is spoken over the WebSocket: with auto both are offered, and a server"
                  + " that names none is taken for one of the older, graphql-ws.")
          .optional(
              SUBSCRIPTION,
              STRING,
              null,
              LambdaValidator.with(MmmUrls::validateUuid, () -> ""),
              "UUID of the durable subscription, which no other client may use. By default made from"
                  + " the connector's name.")
          .optional(
              START_AFTER,
              LONG,
              null,
              LambdaValidator.with(
                  (key, value) -> {
                    if (value != null) {
                      Range.atLeast(0).ensureValid(key, value);
                    }
                  },
                  () -> "[0,...]"),
              "Where to begin when Connect remembers nothing: after the event of this id, 0 for the"
                  + " oldest that there is. Without it MMM decides: a subscription that it knows goes"
                  + " on, a new one begins with what comes next.")
          .optional(ENTITY_ID, STRING, null, null, "Only events of this entity: its UUID.")
          .optional(
              ENTITY_TYPE,
              STRING,
              null,
              null,
              "Only events of entities of this type, such as term.")
          .optional(
              PARENT_ID, STRING, null, null, "Only events of children of this entity: its UUID.")
          .optional(
              EVENT_TYPE, STRING, null, Choice.of(EntityStatus.class), "Only events of this kind.")
          .optional(
              EXCLUDE_OWN,
              BOOLEAN,
              false,
              null,
              "Whether events are left out that the connector's own user has caused.")
          .optional(
              CHUNK_SIZE, INT, 500, Range.between(1, MOST), "Most events that MMM sends at once.")
          .optional(
              CHUNK_DELAY,
              INT,
              200,
              Range.between(0, MOST),
              "Longest wait for a chunk to become full, in milliseconds.")
          .optional(
              ACK_LIMIT,
              INT,
              5_000,
              Range.between(1, MOST),
              "Most events that MMM sends past the last one that is acknowledged: so many may be on"
                  + " their way to Kafka. Servers may cap it.")
          .optional(
              ACK_EVENTS,
              INT,
              500,
              Range.between(1, MOST),
              "Acknowledges to MMM once so many events more are in Kafka.")
          .optional(
              ACK_INTERVAL,
              LONG,
              1_000L,
              Range.between(1, MOST),
              "Acknowledges to MMM what is in Kafka after so many milliseconds at the latest.")
          .optional(
              EVENT_SOURCE,
              STRING,
              null,
              LambdaValidator.with(MmmUrls::validateSource, () -> ""),
              "The events' attribute source, a URI; by default the URL.")
          .optional(
              PING,
              LONG,
              15_000L,
              Range.atLeast(1),
              "Sends a ping when nothing was heard for so long, in milliseconds.")
          .optional(
              IDLE,
              LONG,
              60_000L,
              Range.atLeast(1),
              "Takes the connection for lost when nothing was heard for so long, not even the answer"
                  + " to a ping, in milliseconds.")
          .optional(
              LONGEST,
              INT,
              16_777_216,
              Range.atLeast(1),
              "Longest message that is read, in characters; a longer one fails the task.")
          .optional(
              UNSUBSCRIBE,
              BOOLEAN,
              false,
              null,
              "Whether the subscription is removed from MMM when the connector's offsets are reset.")
          .def();

  static final ConfigDef DEF = all();

  MmmConfig(Map<String, String> props) {
    super(DEF, props, false);
  }

  private static ConfigDef all() {
    ConfigDef all = new ConfigDef(SUBSCRIBING);
    IdentityConfig.def("basic", "bearer", "oauth2").configKeys().values().forEach(all::define);
    return all;
  }

  /** What is wrong beyond single values. */
  void check(Problems problems) {
    if (getInt(ACK_EVENTS) > getInt(ACK_LIMIT)) {
      problems.add(
          ACK_EVENTS, "must not be above " + ACK_LIMIT + ": MMM would stop sending before it");
    }
    if (getLong(PING) >= getLong(IDLE)) {
      problems.add(
          PING, "must be below " + IDLE + ", so that a ping can be answered before that is over");
    }
  }

  MmmUrls urls() {
    return new MmmUrls(getString(URL), getString(GRAPHQL_PATH), getString(SOCKET_PATH));
  }

  /** Offered to the server, the preferred one first. */
  List<Subprotocol> subprotocols() {
    String wanted = getString(SUBPROTOCOL).toLowerCase(Locale.ROOT);
    List<Subprotocol> all = List.of(Subprotocol.values());
    return wanted.equals(AUTO)
        ? all
        : all.stream().filter(each -> each.wireName().equals(wanted)).toList();
  }

  /** Configured, else the same for the same connector name. */
  String subscriptionId() {
    String given = getString(SUBSCRIPTION);
    if (given != null) {
      return given.toLowerCase(Locale.ROOT);
    }
    String name = "millrace:mmm:" + originals().getOrDefault(NAME, "");
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Nullable Long startAfter() {
    return getLong(START_AFTER);
  }

  Optional<String> entityId() {
    return Optional.ofNullable(getString(ENTITY_ID));
  }

  Optional<String> entityType() {
    return Optional.ofNullable(getString(ENTITY_TYPE));
  }

  Optional<String> parentId() {
    return Optional.ofNullable(getString(PARENT_ID));
  }

  Optional<String> eventType() {
    return Optional.ofNullable(getString(EVENT_TYPE)).map(name -> name.toUpperCase(Locale.ROOT));
  }

  boolean excludesOwn() {
    return getBoolean(EXCLUDE_OWN);
  }

  int chunkSize() {
    return getInt(CHUNK_SIZE);
  }

  int chunkMaxDelay() {
    return getInt(CHUNK_DELAY);
  }

  int ackLimit() {
    return getInt(ACK_LIMIT);
  }

  int ackEvents() {
    return getInt(ACK_EVENTS);
  }

  Duration ackInterval() {
    return Duration.ofMillis(getLong(ACK_INTERVAL));
  }

  URI eventSource() {
    String given = getString(EVENT_SOURCE);
    return given == null ? urls().base() : URI.create(given);
  }

  Duration pingInterval() {
    return Duration.ofMillis(getLong(PING));
  }

  Duration idleTimeout() {
    return Duration.ofMillis(getLong(IDLE));
  }

  int longestMessage() {
    return getInt(LONGEST);
  }

  boolean unsubscribes() {
    return getBoolean(UNSUBSCRIBE);
  }
}
