package io.millrace.gateway.acronis.events;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * How Acronis's consumers may poll.
 *
 * @param perSecond how often one may ask at each gateway; 0 for as often as it likes
 */
public record EventPollsConfig(int perSecond) {

  private static final String RATE = "acronis.events.polls.per.second";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
        RATE,
        ConfigDef.Type.INT,
        100,
        Range.between(0, 1_000_000),
        Importance.LOW,
        "How often a second one consumer may ask a gateway for events; beyond it the answer is 429."
            + " 0 for as often as it likes.",
        "Acronis",
        1,
        Width.SHORT,
        RATE);
  }

  public static EventPollsConfig from(AbstractConfig config) {
    return new EventPollsConfig(config.getInt(RATE));
  }
}
