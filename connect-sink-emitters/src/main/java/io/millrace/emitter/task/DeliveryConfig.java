package io.millrace.emitter.task;

import io.millrace.emitter.lane.Backoff;
import io.millrace.emitter.lane.LaneLimits;
import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The pace of a lane. */
public final class DeliveryConfig extends AbstractConfig {

  static final String MAX_IN_FLIGHT = "max.in.flight";
  static final String BUFFER_SIZE = "buffer.size";
  static final String BUFFER_BYTES = "buffer.bytes";
  static final String MAX_AHEAD = "max.ahead";
  static final String BACKOFF = "retry.backoff.ms";
  static final String BACKOFF_FACTOR = "retry.backoff.factor";
  static final String BACKOFF_MAX = "retry.backoff.max.ms";

  private static final String GROUP = "Delivery";

  static final ConfigDef DEF =
      new ConfigDef()
          .define(
              MAX_IN_FLIGHT,
              ConfigDef.Type.INT,
              64,
              Range.between(1, 10_000),
              Importance.MEDIUM,
              "Most events of one lane (topic-partition) that are under way at once. Events with the"
                  + " same key are never under way together, whatever this says.",
              GROUP,
              1,
              Width.SHORT,
              "Most in flight")
          .define(
              BUFFER_SIZE,
              ConfigDef.Type.INT,
              1_000,
              Range.between(1, 1_000_000),
              Importance.LOW,
              "Most events of one lane held in memory, give or take one poll; its partition is paused"
                  + " meanwhile.",
              GROUP,
              2,
              Width.SHORT,
              "Buffer")
          .define(
              BUFFER_BYTES,
              ConfigDef.Type.LONG,
              64L << 20,
              Range.atLeast(1),
              Importance.LOW,
              "About how many bytes of events a task holds in memory, give or take one poll; each of"
                  + " its lanes has an equal share.",
              GROUP,
              3,
              Width.SHORT,
              "Buffer in bytes")
          .define(
              MAX_AHEAD,
              ConfigDef.Type.INT,
              10_000,
              Range.between(1, 10_000_000),
              Importance.LOW,
              "How far a lane may run ahead of its oldest undelivered event. After a crash at most so"
                  + " many events are delivered again.",
              GROUP,
              4,
              Width.SHORT,
              "Most ahead")
          .define(
              BACKOFF,
              ConfigDef.Type.LONG,
              1_000L,
              Range.atLeast(1),
              Importance.LOW,
              "Wait before the second attempt, in milliseconds. Every wait is shortened at random by"
                  + " up to half.",
              GROUP,
              5,
              Width.SHORT,
              "First wait")
          .define(
              BACKOFF_FACTOR,
              ConfigDef.Type.DOUBLE,
              3.0,
              Range.between(1, 100),
              Importance.LOW,
              "How much longer each wait is than the one before.",
              GROUP,
              6,
              Width.SHORT,
              "Growth of waits")
          .define(
              BACKOFF_MAX,
              ConfigDef.Type.LONG,
              3_600_000L,
              Range.atLeast(1),
              Importance.LOW,
              "Longest wait between two attempts, in milliseconds, unless the endpoint asks for more.",
              GROUP,
              7,
              Width.SHORT,
              "Longest wait");

  public DeliveryConfig(Map<String, String> props) {
    super(DEF, props, false);
  }

  LaneLimits limits() {
    return new LaneLimits(getInt(MAX_IN_FLIGHT), getInt(BUFFER_SIZE), getInt(MAX_AHEAD));
  }

  /** Of all lanes of a task together. */
  long bufferBytes() {
    return getLong(BUFFER_BYTES);
  }

  Backoff backoff(DoubleSupplier random) {
    return new Backoff(
        Duration.ofMillis(getLong(BACKOFF)),
        getDouble(BACKOFF_FACTOR),
        Duration.ofMillis(getLong(BACKOFF_MAX)),
        random);
  }
}
