package io.millrace.gateway.live;

import java.util.Arrays;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * How live sessions are served.
 *
 * @param threads that send
 * @param catchUpThreads that read for sessions which are behind, each with a consumer of its own
 * @param headBytes kept of the newest events, for each partition
 * @param pastBytes kept of older events while sessions catch up, for each partition
 */
public record LiveConfig(
    int threads, int catchUpThreads, long headBytes, long pastBytes, SlowSessions slow) {

  private static final String GROUP = "Live sessions";

  private static final String SLOW = "live.slow.sessions";
  private static final String THREADS = "live.threads";
  private static final String CATCH_UP = "live.catch.up.threads";
  private static final String HEAD = "live.head.bytes";
  private static final String PAST = "live.catch.up.bytes";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    String[] words =
        Arrays.stream(SlowSessions.values()).map(SlowSessions::word).toArray(String[]::new);
    return def.define(
            SLOW,
            ConfigDef.Type.STRING,
            SlowSessions.CATCH_UP.word(),
            ConfigDef.ValidString.in(words),
            Importance.MEDIUM,
            "What becomes of a session that does not take what it is sent: catch-up reads what it"
                + " misses from the log when it takes more, gap tells it how much it has missed,"
                + " close ends it.",
            GROUP,
            1,
            Width.SHORT,
            SLOW)
        .define(
            THREADS,
            ConfigDef.Type.INT,
            0,
            Range.between(0, 256),
            Importance.LOW,
            "Threads that send to live sessions; 0 for as many as there are processors.",
            GROUP,
            2,
            Width.SHORT,
            THREADS)
        .define(
            CATCH_UP,
            ConfigDef.Type.INT,
            1,
            Range.between(1, 64),
            Importance.LOW,
            "Threads, each with a Kafka consumer, that read for live sessions which are behind.",
            GROUP,
            3,
            Width.SHORT,
            CATCH_UP)
        .define(
            HEAD,
            ConfigDef.Type.LONG,
            16L << 20,
            Range.atLeast(64 << 10),
            Importance.LOW,
            "Bytes of the newest events kept in memory for live sessions, for each partition of"
                + " each stream.",
            GROUP,
            4,
            Width.SHORT,
            HEAD)
        .define(
            PAST,
            ConfigDef.Type.LONG,
            8L << 20,
            Range.atLeast(64 << 10),
            Importance.LOW,
            "Bytes of older events kept in memory for each partition while live sessions catch up.",
            GROUP,
            5,
            Width.SHORT,
            PAST);
  }

  /** Reads the keys. */
  public static LiveConfig from(AbstractConfig config) {
    int threads = config.getInt(THREADS);
    return new LiveConfig(
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        config.getInt(CATCH_UP),
        config.getLong(HEAD),
        config.getLong(PAST),
        SlowSessions.of(config.getString(SLOW)));
  }
}
