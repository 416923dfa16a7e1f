package io.millrace.emitter.task;

import io.millrace.emitter.lane.FailureLimits;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/** When a lane gives up on its endpoint, or on an event. */
final class FailureConfig extends AbstractConfig {

  static final String MAX_CONSECUTIVE = "max.consecutive.failures";
  static final String DISABLE_AFTER = "disable.after.ms";
  static final String MAX_ATTEMPTS = "max.attempts";

  private static final String GROUP = "Giving up";

  static final ConfigDef DEF =
      new ConfigDef()
          .define(
              MAX_CONSECUTIVE,
              ConfigDef.Type.INT,
              10,
              Range.atLeast(0),
              Importance.MEDIUM,
              "The emitter is disabled when one event has failed so often in a row and nothing else"
                  + " got through meanwhile; 0 for never.",
              GROUP,
              1,
              Width.SHORT,
              "Failures in a row")
          .define(
              DISABLE_AFTER,
              ConfigDef.Type.LONG,
              Duration.ofDays(5).toMillis(),
              Range.atLeast(0),
              Importance.MEDIUM,
              "The emitter is disabled when it has failed and nothing got through for so long, in"
                  + " milliseconds; 0 for never.",
              GROUP,
              2,
              Width.SHORT,
              "Disable after")
          .define(
              MAX_ATTEMPTS,
              ConfigDef.Type.INT,
              20,
              Range.atLeast(0),
              Importance.MEDIUM,
              "An event goes to the dead letters when it has failed so often while others got through"
                  + " between its attempts; 0 for never. Answers about pace, such as HTTP 429, do not"
                  + " count.",
              GROUP,
              3,
              Width.SHORT,
              "Attempts at an event");

  FailureConfig(Map<String, String> props) {
    super(DEF, props, false);
  }

  FailureLimits limits() {
    return new FailureLimits(
        getInt(MAX_CONSECUTIVE), Duration.ofMillis(getLong(DISABLE_AFTER)), getInt(MAX_ATTEMPTS));
  }
}
