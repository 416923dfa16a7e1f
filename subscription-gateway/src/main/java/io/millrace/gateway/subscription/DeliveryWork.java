package io.millrace.gateway.subscription;

import java.util.concurrent.CompletionStage;

/** What a {@link Delivery} needs done by others. Nothing here blocks. */
interface DeliveryWork {

  /** What is to be run to replay the log for a session. */
  Runnable replay(Delivery delivery, Subscription.Place place);

  /** Runs something soon, on a delivering thread. */
  void execute(Runnable work);

  /** Runs something quick after a while. */
  void schedule(Runnable work, long nanos);

  /** A clock that only counts. */
  long nanoTime();

  /** Bytes of events that may wait for one client; one more event may go beyond. */
  long inboxBytes();

  void delivered(Subscription subscription, long eventId);

  CompletionStage<Void> acknowledge(Subscription subscription, long eventId);

  void ended(Delivery delivery, Subscription subscription, Subscription.Place place);
}
