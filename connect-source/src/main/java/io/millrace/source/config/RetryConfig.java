package io.millrace.source.config;

import java.time.Duration;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/** How a source comes back after what passes by itself. */
public final class RetryConfig extends AbstractConfig {

  public static final String BACKOFF = "retry.backoff.ms";
  public static final String BACKOFF_MAX = "retry.backoff.max.ms";
  public static final String RETRY_AFTER_MAX = "retry.after.max.ms";

  public static final ConfigDef DEF =
      new KeyGroup("Retries")
          .optional(
              BACKOFF,
              ConfigDef.Type.LONG,
              500L,
              Range.atLeast(1),
              "Wait after a first failure, in milliseconds; it doubles with each one after it, and is"
                  + " shortened at random by up to half.")
          .optional(
              BACKOFF_MAX,
              ConfigDef.Type.LONG,
              60_000L,
              Range.atLeast(1),
              "Longest wait after a failure, in milliseconds.")
          .optional(
              RETRY_AFTER_MAX,
              ConfigDef.Type.LONG,
              3_600_000L,
              Range.atLeast(1),
              "Longest wait that the vendor can ask for with Retry-After, in milliseconds.")
          .def();

  public RetryConfig(Map<String, String> props) {
    super(DEF, props, false);
  }

  /**
   * The waits.
   *
   * @param random gives numbers from 0 to 1
   */
  public Backoff backoff(DoubleSupplier random) {
    return new Backoff(
        Duration.ofMillis(getLong(BACKOFF)), Duration.ofMillis(getLong(BACKOFF_MAX)), random);
  }

  public Duration retryAfterMax() {
    return Duration.ofMillis(getLong(RETRY_AFTER_MAX));
  }

  /** What is wrong beyond single values. */
  public static void check(Map<String, String> props, Problems problems) {
    RetryConfig config = new RetryConfig(props);
    if (config.getLong(BACKOFF_MAX) < config.getLong(BACKOFF)) {
      problems.add(BACKOFF_MAX, "must not be less than " + BACKOFF);
    }
  }
}
