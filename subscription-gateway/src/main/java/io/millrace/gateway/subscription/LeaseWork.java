package io.millrace.gateway.subscription;

import io.millrace.model.subscription.SubscriptionLease;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** What a {@link Seat} needs done by others. Nothing here blocks. */
interface LeaseWork {

  /** The name of this node. */
  String node();

  /** Writes what this node says; completes when it was read back, and all that stood before it. */
  CompletionStage<Void> say(Subscription subscription, SubscriptionLease lease);

  /** Completes when everything was read that stands in the log now. */
  CompletionStage<Void> readAll();

  /** Commits what a silent consumer had taken; completes even if that could not be. */
  CompletionStage<Void> evict(Subscription subscription, Leases.Held silent);

  Executor executor();

  /** Runs something quick after a while. */
  void later(Runnable work, long nanos);

  /** A clock that only counts. */
  long nanoTime();
}
