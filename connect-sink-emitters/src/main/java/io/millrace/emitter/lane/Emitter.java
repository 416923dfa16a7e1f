package io.millrace.emitter.lane;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Hands events to one endpoint. */
@FunctionalInterface
public interface Emitter {

  /**
   * Begins one attempt and returns soon: it neither sleeps nor waits for the network. Called by any
   * thread, by one at a time; attempts may overlap. What goes wrong is an outcome, not an
   * exception; an exception is taken for {@link Outcome.Retry}.
   *
   * @param emissions from one to {@link #batch} events in the order of their offsets; never two of
   *     one key in attempts that overlap
   */
  CompletionStage<Outcome> emit(List<Emission> emissions);

  /** How many events an attempt may have at most. Asked before each attempt. */
  default int batch() {
    return 1;
  }

  /**
   * How long an event may wait for others to fill the batch. Without effect on events that were
   * tried before.
   */
  default Duration linger() {
    return Duration.ZERO;
  }

  /** How many attempts may overlap at most; the task's own limit holds too. */
  default int maxInFlight() {
    return Integer.MAX_VALUE;
  }

  /**
   * Makes durable what was delivered since the last call, before its offsets are committed. Called
   * by the task's thread.
   *
   * @throws IOException if what was delivered may be lost: it is then delivered again
   */
  default void flush() throws IOException {}
}
