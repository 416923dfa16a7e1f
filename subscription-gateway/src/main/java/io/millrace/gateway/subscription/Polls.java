package io.millrace.gateway.subscription;

import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.subscription.SubscriptionJson;
import io.millrace.model.subscription.SubscriptionKey;
import io.millrace.model.subscription.SubscriptionLease;
import io.millrace.model.subscription.SubscriptionRecord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves consumers that ask instead of being connected: finds the lease, the place to begin, and
 * what is to be committed before. Safe for use by several threads.
 */
final class Polls implements LeaseWork {

  private static final Logger LOG = LoggerFactory.getLogger(Polls.class);

  private final Node node;
  private final PollWork work;
  private final Map<String, Seat> seats = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  Polls(Node node, PollWork work) {
    this.node = node;
    this.work = work;
  }

  PendingPoll poll(String id, PollRequest request) {
    PendingPoll pending = new PendingPoll();
    long deadline = nanoTime() + request.timeout().toNanos();
    CompletionStage<Void> begun =
        node.registry()
            .find(id)
            .<CompletionStage<Subscription>>map(CompletableFuture::completedFuture)
            .orElseGet(() -> node.read().thenApplyAsync(read -> known(id), executor()))
            .thenCompose(found -> begin(found, request, deadline, pending, false));
    watch(begun, pending);
    return pending;
  }

  private void watch(CompletionStage<Void> begun, PendingPoll pending) {
    var unused =
        Failures.told(begun, executor(), nothing -> {})
            .whenComplete(
                (nothing, failure) -> {
                  if (failure != null) {
                    pending.future().completeExceptionally(Failures.cause(failure));
                  }
                });
  }

  private Subscription known(String id) {
    return node.registry().find(id).orElseThrow(() -> unknown(id));
  }

  private CompletionStage<Void> begin(
      Subscription subscription,
      PollRequest request,
      long deadline,
      PendingPoll pending,
      boolean anew) {
    if (stopping) {
      throw new SubscriptionException(Reason.UNAVAILABLE, SessionEnd.STOPPING.text());
    }
    Subscription.Place place = subscription.place();
    if (place == null) {
      throw new SubscriptionException(
          Reason.INVALID, "The filter of subscription " + subscription.id + " cannot be used.");
    }
    Seat seat = seat(subscription);
    return checkOffset(place.stream(), request)
        .thenCompose(nothing -> seat.acquire(request, anew))
        .thenCompose(
            said ->
                commitTaken(subscription, seat, request)
                    .thenCompose(nothing -> from(subscription, request))
                    .thenAccept(
                        from -> {
                          Runnable again =
                              () ->
                                  watch(
                                      done()
                                          .thenCompose(
                                              nothing ->
                                                  begin(
                                                      subscription,
                                                      request,
                                                      deadline,
                                                      pending,
                                                      true)),
                                      pending);
                          var poll =
                              new Poll(
                                  request,
                                  from,
                                  deadline,
                                  seat,
                                  place,
                                  work,
                                  pending,
                                  said ? null : again);
                          poll.start();
                          if (stopping) {
                            stop();
                          }
                        }));
  }

  private Seat seat(Subscription subscription) {
    return seats.compute(
        subscription.id,
        (id, known) ->
            known != null && known.isOf(subscription) ? known : new Seat(subscription, this));
  }

  private CompletionStage<Void> checkOffset(Stream stream, PollRequest request) {
    long offset = request.offset().orElse(0);
    return offset <= stream.head.position()
        ? done()
        : node.end(stream.name)
            .thenAccept(end -> Node.checkPosition(stream.name, offset, Math.max(end, 0)));
  }

  private CompletionStage<Void> commitTaken(
      Subscription subscription, Seat seat, PollRequest request) {
    Duration interval = request.autoCommit();
    return interval != null
            && request.offset().isPresent()
            && request.offset().getAsLong() > subscription.acknowledged()
            && seat.commitIsDue(interval)
        ? commit(subscription, request.offset().getAsLong())
        : done();
  }

  private CompletionStage<Long> from(Subscription subscription, PollRequest request) {
    // What was stored through another gateway counts.
    return request.offset().isPresent()
        ? CompletableFuture.completedFuture(request.offset().getAsLong())
        : node.read().thenApplyAsync(nothing -> subscription.acknowledged(), executor());
  }

  /** A definition or a lease has changed. */
  void changed(Subscription subscription) {
    Seat seat = seats.get(subscription.id);
    Poll poll = seat == null ? null : seat.poll();
    if (poll != null && subscription.record() == null) {
      poll.fail(unknown(subscription.id));
    } else if (poll != null) {
      poll.leaseChanged();
    }
  }

  /** Commits for consumers that have fallen silent, and forgets seats that nobody uses. */
  void tidy() {
    if (!node.follower().complete().isDone()) {
      return;
    }
    long now = nanoTime();
    for (Subscription subscription : node.registry().all()) {
      Leases.Held held = subscription.lease();
      if (held != null && held.nanosLeft(now) <= 0) {
        var unused = evict(subscription, held);
      }
    }
    seats.values().removeIf(Seat::isIdle);
  }

  /** Whoever waits is answered, and nobody begins to wait. */
  void stop() {
    stopping = true;
    for (Seat seat : seats.values()) {
      Poll poll = seat.poll();
      if (poll != null) {
        poll.giveUp();
      }
    }
  }

  /** Lets other nodes know what was to be told soon; for the end. */
  void flush() {
    seats.values().forEach(Seat::flush);
  }

  int waiting() {
    int count = 0;
    for (Seat seat : seats.values()) {
      count += seat.poll() == null ? 0 : 1;
    }
    return count;
  }

  // For seats.

  @Override
  public String node() {
    return node.name();
  }

  @Override
  public CompletionStage<Void> say(Subscription subscription, SubscriptionLease lease) {
    var key = new SubscriptionKey.Lease(subscription.id, node.name());
    return node.put(key, SubscriptionJson.write(lease));
  }

  @Override
  public CompletionStage<Void> readAll() {
    return node.read();
  }

  @Override
  public CompletionStage<Void> evict(Subscription subscription, Leases.Held silent) {
    SubscriptionLease.Taken taken = silent.lease().taken();
    SubscriptionRecord record = subscription.record();
    return taken != null
            && record != null
            && record.generation().equals(taken.generation())
            && taken.eventId() > subscription.acknowledged()
        ? commit(subscription, taken.eventId())
        : done();
  }

  private CompletionStage<Void> commit(Subscription subscription, long position) {
    subscription.claimedDelivered(position);
    return node.acknowledging()
        .acknowledge(subscription, position)
        .exceptionally(
            failure -> {
              LOG.debug("A position could not be committed for its consumer", failure);
              return null;
            });
  }

  @Override
  public Executor executor() {
    return node.executor();
  }

  @Override
  public void later(Runnable later, long nanos) {
    node.sessions().schedule(later, nanos);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  private static CompletionStage<Void> done() {
    return CompletableFuture.completedFuture(null);
  }

  static SubscriptionException unknown(String id) {
    return new SubscriptionException(Reason.UNKNOWN, "There is no subscription " + id + ".");
  }
}
