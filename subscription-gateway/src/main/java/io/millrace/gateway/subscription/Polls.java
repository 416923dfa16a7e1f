package io.millrace.gateway.subscription;

import io.millrace.gateway.failure.Causes;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.subscription.SubscriptionJson;
import io.millrace.model.subscription.SubscriptionKey;
import io.millrace.model.subscription.SubscriptionLease;
import io.millrace.model.subscription.SubscriptionRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
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

  /** One question on its way. */
  private record Question(
      Subscription subscription, PollRequest request, long deadline, PendingPoll pending) {}

  PendingPoll poll(String id, PollRequest request) {
    PendingPoll pending = new PendingPoll();
    long deadline = nanoTime() + request.timeout().toNanos();
    watch(
        find(id)
            .thenCompose(found -> begin(new Question(found, request, deadline, pending), false)),
        pending);
    return pending;
  }

  private CompletionStage<Subscription> find(String id) {
    Optional<Subscription> known = node.registry().find(id);
    // Before the log was read once, it is not known yet where a subscription's events are.
    return known.isPresent() && known.get().place() != null
        ? CompletableFuture.completedFuture(known.get())
        : node.read()
            .thenApplyAsync(
                nothing -> node.registry().find(id).orElseThrow(() -> unknown(id)), executor());
  }

  private void watch(CompletionStage<Void> begun, PendingPoll pending) {
    var unused =
        Failures.told(begun, executor(), nothing -> {})
            .whenComplete(
                (nothing, failure) -> {
                  if (failure != null) {
                    pending.future().completeExceptionally(Causes.of(failure));
                  }
                });
  }

  private CompletionStage<Void> begin(Question question, boolean anew) {
    if (stopping) {
      throw new SubscriptionException(Reason.UNAVAILABLE, SessionEnd.STOPPING.text());
    }
    Subscription subscription = question.subscription;
    Subscription.Place place = subscription.place();
    if (place == null) {
      throw new SubscriptionException(
          Reason.INVALID, "The filter of subscription " + subscription.id + " cannot be used.");
    }
    Seat seat = seat(subscription);
    return checkOffset(place.stream(), question.request)
        .thenCompose(nothing -> seat.acquire(question.request, anew))
        .thenCompose(
            said ->
                commitTaken(subscription, seat, question.request)
                    .thenCompose(nothing -> from(subscription, question.request))
                    .thenAccept(
                        from ->
                            start(
                                question, seat, place, from, said ? null : () -> again(question))));
  }

  private void again(Question question) {
    watch(done().thenCompose(nothing -> begin(question, true)), question.pending);
  }

  private void start(
      Question question, Seat seat, Subscription.Place place, long from, @Nullable Runnable anew) {
    new Poll(question.request, from, question.deadline, seat, place, work, question.pending, anew)
        .start();
    if (stopping) {
      stop();
    }
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
