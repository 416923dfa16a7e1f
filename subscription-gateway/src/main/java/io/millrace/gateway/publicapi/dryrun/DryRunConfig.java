package io.millrace.gateway.publicapi.dryrun;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * How much a dry run may look at.
 *
 * @param mostEvents of all streams together
 * @param timeout after which it answers with what it has read
 */
public record DryRunConfig(int mostEvents, Duration timeout) {

  private static final String GROUP = "Dry run";
  private static final String EVENTS = "dry.run.max.events";
  private static final String TIMEOUT = "dry.run.timeout.ms";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            EVENTS,
            ConfigDef.Type.INT,
            1_000,
            Range.between(1, 100_000),
            Importance.LOW,
            "Most events that a dry run of a definition may look at.",
            GROUP,
            1,
            ConfigDef.Width.SHORT,
            EVENTS)
        .define(
            TIMEOUT,
            ConfigDef.Type.INT,
            5_000,
            Range.between(100, 60_000),
            Importance.LOW,
            "Milliseconds for which a dry run may read events.",
            GROUP,
            2,
            ConfigDef.Width.SHORT,
            TIMEOUT);
  }

  /** Reads the keys. */
  public static DryRunConfig from(AbstractConfig config) {
    return new DryRunConfig(config.getInt(EVENTS), Duration.ofMillis(config.getInt(TIMEOUT)));
  }
}
