package io.millrace.emitter.lane;

import io.millrace.model.emitter.EmitterStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What was last told of a lane, to tell only what is new. Guarded by the lane. */
final class Reports {

  private final LaneId id;
  private final Health health;
  private @Nullable EmitterStatus last;
  private long changes = -1;

  Reports(LaneId id, Health health) {
    this.id = id;
    this.health = health;
  }

  /** This is known already. */
  void known(EmitterStatus status) {
    last = status;
  }

  /** Absent if there is nothing new. */
  @Nullable EmitterStatus next(long generation) {
    boolean sameGeneration = last != null && last.generation() == generation;
    if (changes == health.changes() && sameGeneration) {
      return null;
    }
    changes = health.changes();
    EmitterStatus status = health.status(id, generation);
    boolean news = last == null || !same(last, status);
    last = status;
    return news ? status : null;
  }

  private static boolean same(EmitterStatus a, EmitterStatus b) {
    return a.generation() == b.generation()
        && a.state() == b.state()
        && a.consecutiveFailures() == b.consecutiveFailures()
        && Objects.equals(a.failure(), b.failure());
  }
}
