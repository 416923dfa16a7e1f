package io.millrace.source.push;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Knows up to when nothing can be missing, over connections and restarts.
 *
 * <p>While Kafka is behind, the connection is not read, and what is read after that may be as old
 * as the pause. Until everything that waited is read, the pause's beginning is what is known. For
 * one thread.
 */
final class Continuity {

  private final Clock clock;
  private final Duration silence;
  private @Nullable Instant complete;
  private @Nullable Instant paused;
  // Up to where nothing was missing before the last message, and before the last break.
  private @Nullable Instant before;
  private @Nullable Instant broke;
  private boolean running;

  /**
   * At the start of a task.
   *
   * @param stored the last event that Kafka has; null if there was none yet
   * @param silence after which a connection counts as lost
   */
  Continuity(@Nullable PushPosition stored, Duration silence, Clock clock) {
    this.complete = stored == null ? null : stored.seen();
    this.silence = silence;
    this.clock = clock;
  }

  /**
   * Events come, or come again; asked several times it answers the first time.
   *
   * @return null if they came all the time
   */
  @Nullable Resumption resume() {
    if (running) {
      return null;
    }
    Instant now = clock.instant();
    Instant from = complete != null && complete.isAfter(now) ? now : complete;
    running = true;
    complete = now;
    broke = from;
    return new Resumption(from, now);
  }

  /** Whether events come. */
  boolean running() {
    return running;
  }

  /**
   * The last message says that the server has left out events: those before it, since the message
   * before it, or since the last break if no event has come after that.
   */
  Resumption lost() {
    Instant from = broke != null ? broke : before;
    return new Resumption(from, clock.instant());
  }

  /**
   * Events have not come for a while.
   *
   * @param from null if they never came before
   */
  record Resumption(@Nullable Instant from, Instant to) {}

  /** Something has come; from when on something after it could be missing. */
  Instant heard() {
    Instant seen = paused == null ? clock.instant() : paused;
    if (running) {
      before = complete;
      complete = seen;
    }
    return seen;
  }

  /** An event has come, so that what the server leaves out from now on is after it. */
  void arrived() {
    broke = null;
  }

  /** Reading pauses. */
  void pause() {
    if (paused == null) {
      paused = clock.instant();
    }
  }

  /** Nothing waits to be read. */
  void caughtUp() {
    paused = null;
  }

  /** The connection is over. A silence before its end was bounded, so that much is known. */
  void ended() {
    if (running && complete != null && paused == null) {
      Instant known = clock.instant().minus(silence);
      complete = known.isAfter(complete) ? known : complete;
    }
    running = false;
    paused = null;
  }
}
