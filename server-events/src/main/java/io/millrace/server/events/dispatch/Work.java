package io.millrace.server.events.dispatch;

import java.util.concurrent.CompletionStage;

/** One event as a lane sees it. Called by one thread at a time. */
public interface Work {

  /** Handles the event; any exception means that it failed. */
  void attempt() throws Exception;

  /**
   * Begins to put the event away for good, without waiting.
   *
   * @param attempts that failed
   * @param cause of the last failure
   * @return completes when the event is durable elsewhere, exceptionally if it could not be written
   */
  CompletionStage<Void> giveUp(int attempts, Throwable cause);

  /** The event is done with: handled or put away. Must not block. */
  void settled();
}
