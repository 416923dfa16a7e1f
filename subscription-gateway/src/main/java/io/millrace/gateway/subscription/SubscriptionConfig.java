package io.millrace.gateway.subscription;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/**
 * How durable subscriptions are kept and served.
 *
 * @param retention after which one that nobody uses is discarded
 * @param catchUpThreads that read for clients which are behind, each with a consumer of its own
 * @param deliveryThreads that call the clients' observers
 * @param ringBytes kept of the newest events, for each stream
 * @param pastBytes kept of older events while clients catch up, for each stream
 * @param inboxBytes of events that may wait for one client, beside one more event
 * @param maxPerOwner most that one user may have, through all APIs; 0 for no limit
 */
public record SubscriptionConfig(
    Duration retention,
    int catchUpThreads,
    int deliveryThreads,
    long ringBytes,
    long pastBytes,
    long inboxBytes,
    int maxPerOwner) {

  private static final String GROUP = "Subscriptions";

  private static final String RETENTION = "subscriptions.retention";
  private static final String MMM_RETENTION =
      "plugin.external-events.ataccama.one.externalevents.subscribers-retention-period";
  private static final String CATCH_UP = "subscriptions.catch.up.threads";
  private static final String DELIVERY = "subscriptions.delivery.threads";
  private static final String RING = "subscriptions.head.bytes";
  private static final String PAST = "subscriptions.catch.up.bytes";
  private static final String INBOX = "subscriptions.inbox.bytes";
  private static final String PER_OWNER = "subscriptions.max.per.owner";

  private static final ConfigDef.Validator DURATION =
      ConfigDef.LambdaValidator.with(
          (name, value) -> duration(name, String.valueOf(value)), () -> "such as 30d, 12h or P30D");

  private static final ConfigDef.Validator ALIAS =
      ConfigDef.LambdaValidator.with(
          (name, value) -> {
            if (value != null) {
              DURATION.ensureValid(name, value);
            }
          },
          () -> "such as 30d, 12h or P30D");

  private static final long DEFAULT_INBOX = 1L << 20;

  /** With an inbox of the default size, and as many as anybody likes. */
  public SubscriptionConfig(
      Duration retention, int catchUpThreads, int deliveryThreads, long ringBytes, long pastBytes) {
    this(retention, catchUpThreads, deliveryThreads, ringBytes, pastBytes, DEFAULT_INBOX, 0);
  }

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            RETENTION,
            ConfigDef.Type.STRING,
            "30d",
            DURATION,
            Importance.MEDIUM,
            "A durable subscription that nobody has used for this long is discarded.",
            GROUP,
            1,
            Width.SHORT,
            RETENTION)
        .define(
            CATCH_UP,
            ConfigDef.Type.INT,
            2,
            Range.between(1, 64),
            Importance.LOW,
            "Threads, each with a Kafka consumer, that read for subscribers which are behind.",
            GROUP,
            2,
            Width.SHORT,
            CATCH_UP)
        .define(
            DELIVERY,
            ConfigDef.Type.INT,
            2,
            Range.between(1, 64),
            Importance.LOW,
            "Threads that hand events to subscribers.",
            GROUP,
            3,
            Width.SHORT,
            DELIVERY)
        .define(
            RING,
            ConfigDef.Type.LONG,
            32L << 20,
            Range.atLeast(1 << 20),
            Importance.LOW,
            "Bytes of the newest events kept in memory for each stream that is subscribed to.",
            GROUP,
            4,
            Width.SHORT,
            RING)
        .define(
            PAST,
            ConfigDef.Type.LONG,
            32L << 20,
            Range.atLeast(1 << 20),
            Importance.LOW,
            "Bytes of older events kept in memory for each stream while subscribers catch up.",
            GROUP,
            5,
            Width.SHORT,
            PAST)
        .define(
            INBOX,
            ConfigDef.Type.LONG,
            DEFAULT_INBOX,
            Range.atLeast(1 << 10),
            Importance.LOW,
            "Bytes of events that may wait in memory for one subscriber, however many events its"
                + " window lets out.",
            GROUP,
            6,
            Width.SHORT,
            INBOX)
        .define(
            PER_OWNER,
            ConfigDef.Type.INT,
            1_000,
            Range.atLeast(0),
            Importance.MEDIUM,
            "Most durable subscriptions that one user may have, through all APIs; one more is"
                + " refused. 0 for no limit.",
            GROUP,
            7,
            Width.SHORT,
            PER_OWNER)
        .define(
            MMM_RETENTION,
            ConfigDef.Type.STRING,
            null,
            ALIAS,
            Importance.LOW,
            "The name that MMM's configuration has for " + RETENTION + ".",
            GROUP,
            8,
            Width.SHORT,
            MMM_RETENTION);
  }

  /**
   * Reads the keys.
   *
   * @throws ConfigException naming the key that is wrong
   */
  public static SubscriptionConfig from(AbstractConfig config) {
    return new SubscriptionConfig(
        retention(config),
        config.getInt(CATCH_UP),
        config.getInt(DELIVERY),
        config.getLong(RING),
        config.getLong(PAST),
        config.getLong(INBOX),
        config.getInt(PER_OWNER));
  }

  private static Duration retention(AbstractConfig config) {
    Duration own = duration(RETENTION, config.getString(RETENTION));
    String text = config.getString(MMM_RETENTION);
    if (text == null) {
      return own;
    }
    Duration other = duration(MMM_RETENTION, text);
    if (config.originals().containsKey(RETENTION) && !own.equals(other)) {
      throw new ConfigException(
          MMM_RETENTION, text, "must not differ from " + RETENTION + ", which means the same");
    }
    return other;
  }

  private static Duration duration(String name, String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    String iso = upper.startsWith("P") ? upper : upper.endsWith("D") ? "P" + upper : "PT" + upper;
    try {
      Duration duration = Duration.parse(iso);
      if (duration.compareTo(Duration.ofSeconds(1)) >= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw (ConfigException)
          new ConfigException(name, text, "must be a time such as 30d, 12h or P30D").initCause(e);
    }
    throw new ConfigException(name, text, "must be at least a second");
  }
}
