package io.millrace.gateway.foundry.kept;

import java.util.concurrent.CompletableFuture;

/**
 * A session of this gateway that wants a client, or has it.
 *
 * @param lost run when another session has taken it over
 * @param claimed completes with the client's state when this one has taken it over
 */
record Holder(String session, Runnable lost, CompletableFuture<ClientState> claimed) {

  void has(ClientState state) {
    claimed.complete(state);
  }

  /** Whether it has had the client; until then nobody can take it from it. */
  boolean had() {
    return claimed.isDone();
  }
}
