package io.millrace.gateway.subscription;

import java.util.concurrent.CompletionStage;

/**
 * One client that is connected to a subscription. Nothing is delivered before it is asked for. Safe
 * for use by several threads; no method blocks.
 */
public interface Session extends AutoCloseable {

  /** Asks for this many more chunks; {@code Long.MAX_VALUE} for all. */
  void request(long chunks);

  /**
   * As {@link Subscriptions#acknowledge}, in the name of this session.
   *
   * @return fails with {@link SubscriptionException} and {@code FENCED} when the session is over
   */
  CompletionStage<Void> acknowledge(long eventId);

  /** The client is gone; the subscription stays. Does nothing when the session is over. */
  @Override
  void close();
}
