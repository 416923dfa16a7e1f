package io.millrace.gateway.foundry.kept;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * How much is kept for a client that does not acknowledge.
 *
 * @param longest after which an event is given up, and a client that did not come back forgotten
 * @param most events of one client
 * @param clients of one user; 0 for no limit
 */
public record KeepConfig(Duration longest, int most, int clients) {

  private static final String GROUP = "Foundry over WebSocket";

  private static final String LONGEST = "foundry.private.retention.ms";
  private static final String MOST = "foundry.private.max.events";
  private static final String CLIENTS = "foundry.private.max.clients";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            LONGEST,
            ConfigDef.Type.LONG,
            3_600_000L,
            Range.between(1_000L, 2_592_000_000L),
            Importance.MEDIUM,
            "Milliseconds for which events of private topics are kept for a client that has not"
                + " acknowledged them, counted from their time in the log.",
            GROUP,
            20,
            ConfigDef.Width.SHORT,
            LONGEST)
        .define(
            MOST,
            ConfigDef.Type.INT,
            1_000,
            Range.between(1, 10_000),
            Importance.MEDIUM,
            "Most events that are pushed to one client, not acknowledged, and kept to be pushed"
                + " again; the oldest are given up for newer ones. Only their places in the log"
                + " are kept.",
            GROUP,
            21,
            ConfigDef.Width.SHORT,
            MOST)
        .define(
            CLIENTS,
            ConfigDef.Type.INT,
            1_000,
            Range.atLeast(0),
            Importance.MEDIUM,
            "Most clients, by their clientUUID, for which one user's events are kept at a time; one"
                + " more is refused. 0 for no limit.",
            GROUP,
            22,
            ConfigDef.Width.SHORT,
            CLIENTS);
  }

  /** Reads the keys. */
  public static KeepConfig from(AbstractConfig config) {
    return new KeepConfig(
        Duration.ofMillis(config.getLong(LONGEST)), config.getInt(MOST), config.getInt(CLIENTS));
  }
}
