package io.millrace.gateway.subscription;

import io.millrace.gateway.subscription.SubscriptionException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What polls need done, by the node's threads. */
final class Waiters implements PollWork {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final Node node;
  private final ScheduledExecutorService timer;

  Waiters(Node node, ScheduledExecutorService timer) {
    this.node = node;
    this.timer = timer;
  }

  @Override
  public void execute(Runnable work) {
    node.sessions().execute(work);
  }

  @Override
  public Future<?> schedule(Runnable work, long nanos) {
    try {
      return timer.schedule(work, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void read(Poll poll) {
    node.streams().read(poll);
  }

  @Override
  public void readLater(Poll poll, Duration delay) {
    Future<?> unused = schedule(() -> read(poll), delay.toNanos());
  }

  @Override
  public void lost(
      Subscription subscription,
      PollRequest request,
      long from,
      PendingPoll pending,
      @Nullable Runnable anew) {
    Leases.Held held = subscription.lease();

    if (held == null || (held.isOf(request.consumer()) && held.node().equals(node.name()))) {
      pending
          .future()
          .completeExceptionally(
              new SubscriptionException(
                  Reason.UNAVAILABLE, "The session could not be kept: Kafka does not answer."));
    } else if (held.isOf(request.consumer()) && anew != null) {
      // It was elsewhere before it came here, which was not known when it came.
      anew.run();
    } else if (held.isOf(request.consumer())) {
      // It has come through another gateway meanwhile, and is served there.
      pending.future().complete(new PolledEvents(from, List.of(), from));
    } else {
      long left = Math.max(SOON.toNanos(), held.nanosLeft(nanoTime()));
      pending.future().completeExceptionally(Seat.held(Duration.ofNanos(left)));
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
