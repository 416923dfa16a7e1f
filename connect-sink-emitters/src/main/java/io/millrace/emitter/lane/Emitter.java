package io.millrace.emitter.lane;

import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** Hands events to one endpoint. */
@FunctionalInterface
public interface Emitter {

  /**
   * Begins one attempt and returns soon: it neither sleeps nor waits for the network. Called by any
   * thread, by one at a time. What goes wrong is an outcome, not an exception.
   */
  CompletionStage<Outcome> emit(CloudEvent event);

  /**
   * Makes durable what was delivered since the last call, before its offsets are committed. Called
   * by the task's thread.
   *
   * @throws IOException if what was delivered may be lost: it is then delivered again
   */
  default void flush() throws IOException {}
}
