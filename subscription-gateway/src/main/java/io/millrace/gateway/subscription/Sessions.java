package io.millrace.gateway.subscription;

import io.millrace.model.subscription.SubscriptionClaim;
import io.millrace.model.subscription.SubscriptionJson;
import io.millrace.model.subscription.SubscriptionKey;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What sessions need done, by threads, streams and records. */
final class Sessions implements DeliveryWork {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final String node;
  private final Executor executor;
  private final ScheduledExecutorService timer;
  private final Streams streams;
  private final RecordWriter writer;
  private final ProgressWriter progress;
  private final Acknowledging acknowledging;
  private final long inboxBytes;

  Sessions(
      String node,
      Executor executor,
      ScheduledExecutorService timer,
      Streams streams,
      RecordWriter writer,
      ProgressWriter progress,
      Acknowledging acknowledging,
      long inboxBytes) {
    this.node = node;
    this.executor = executor;
    this.timer = timer;
    this.streams = streams;
    this.writer = writer;
    this.progress = progress;
    this.acknowledging = acknowledging;
    this.inboxBytes = inboxBytes;
  }

  @Override
  public Runnable replay(Delivery delivery, Subscription.Place place) {
    return streams.replay(place.stream(), delivery, place.interest());
  }

  @Override
  public void execute(Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("Nothing is delivered any more", e);
    }
  }

  @Override
  public void schedule(Runnable work, long nanos) {
    try {
      var unused = timer.schedule(work, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("Nothing is delivered any more", e);
    }
  }

  @Override
  public long inboxBytes() {
    return inboxBytes;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void delivered(Subscription subscription, long eventId) {
    progress.delivered(subscription, eventId);
  }

  @Override
  public CompletionStage<Void> acknowledge(Subscription subscription, long eventId) {
    return Failures.told(acknowledging.acknowledge(subscription, eventId), executor, nothing -> {});
  }

  @Override
  public void ended(Delivery delivery, Subscription subscription, Subscription.Place place) {
    place.stream().head.detach(delivery, place.interest());
    subscription.disconnect(delivery);
    progress.write(subscription);
    if (subscription.record() != null && subscription.holds(delivery.session)) {
      release(subscription.id, delivery.session);
    }
  }

  /** Writes the claim of a connected client again, so that it does not look abandoned. */
  void renew(Subscription subscription) {
    SubscriptionClaim claim = subscription.claim();
    if (claim != null && claim.node().equals(node)) {
      var unused =
          writer.put(new SubscriptionKey.Claim(subscription.id), SubscriptionJson.write(claim));
    }
  }

  /** A claim is over, unless another one holds by now. */
  void release(String id, String session) {
    var unused =
        writer.put(
            new SubscriptionKey.Claim(id),
            SubscriptionJson.write(new SubscriptionClaim(node, session, true)));
  }
}
