package io.millrace.standalone;

import io.millrace.management.Health;
import io.millrace.management.HealthCheck;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts that have started; they stop in the order of {@link Part}. Thread-safe. */
final class RunningParts implements AutoCloseable, HealthCheck {

  private static final Logger LOG = LoggerFactory.getLogger(RunningParts.class);

  private final Set<Part> expected;
  private final Map<Part, AutoCloseable> started = new EnumMap<>(Part.class);
  private final Map<Part, HealthCheck> checks = new EnumMap<>(Part.class);

  /**
   * @param expected who must have started, and be well, for the whole to be ready
   */
  RunningParts(Set<Part> expected) {
    this.expected = expected;
  }

  synchronized <T extends AutoCloseable> T add(Part part, T what) {
    started.put(part, what);
    LOG.info("{} has started", part);
    return what;
  }

  synchronized void watch(Part part, HealthCheck check) {
    checks.put(part, check);
  }

  @Override
  public Health check() {
    Map<Part, HealthCheck> now = snapshot();
    Health all = new Health(true, Map.of());
    for (Part part : expected) {
      HealthCheck check = now.get(part);
      all = all.and(check == null ? word(part, false, "starting") : check.check());
    }
    return all;
  }

  /** A part that is well when the question is answered with yes. */
  static HealthCheck upOrDown(Part part, BooleanSupplier running) {
    return () -> {
      boolean up = running.getAsBoolean();
      return word(part, up, up ? "up" : "down");
    };
  }

  /** Stops what has started; one that fails to stop does not keep the next from it. */
  @Override
  public void close() {
    for (Part part : Part.values()) {
      AutoCloseable running = remove(part);
      if (running == null) {
        continue;
      }
      try {
        running.close();
        LOG.info("{} has stopped", part);
      } catch (Exception e) {
        LOG.warn("{} did not stop cleanly", part, e);
      }
    }
  }

  private static Health word(Part part, boolean ready, String word) {
    return new Health(ready, Map.of(part.toString(), word));
  }

  private synchronized Map<Part, HealthCheck> snapshot() {
    return new EnumMap<>(checks);
  }

  private synchronized @Nullable AutoCloseable remove(Part part) {
    return started.remove(part);
  }
}
