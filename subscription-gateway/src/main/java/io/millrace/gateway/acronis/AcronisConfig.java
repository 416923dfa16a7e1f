package io.millrace.gateway.acronis;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * How Acronis's Event Manager is served.
 *
 * @param pollsPerSecond how often one consumer may ask for events; 0 for as often as it likes
 */
public record AcronisConfig(int pollsPerSecond) {

  private static final String GROUP = "Acronis";
  private static final String POLLS = "acronis.polls.per.second";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
        POLLS,
        ConfigDef.Type.INT,
        50,
        Range.between(0, 1_000_000),
        Importance.LOW,
        "How often a second one consumer of Acronis's Event Manager may ask for events; beyond that"
            + " it is answered 429. 0 for as often as it likes.",
        GROUP,
        1,
        Width.SHORT,
        POLLS);
  }

  /** Reads the keys. */
  public static AcronisConfig from(AbstractConfig config) {
    return new AcronisConfig(config.getInt(POLLS));
  }
}
