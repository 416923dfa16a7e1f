package io.millrace.gateway.subscription;

import static java.util.Objects.requireNonNull;

import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.subscription.SubscriptionLease;
import io.millrace.model.subscription.SubscriptionRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One subscription's place for a consumer at this node: gets the lease, keeps it while the consumer
 * is there, and knows until when it is safe. A lease is said by a record and holds when it was read
 * back as the one that counts; one record is under way at a time. It is safe until the time-out has
 * passed since the record was <em>begun</em> to be written, which is before any other node reads it
 * and begins to wait. Safe for use by several threads.
 */
final class Seat {

  // Beyond it others are too quick for this consumer, which comes again.
  private static final int ATTEMPTS = 5;
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final long IDLE = TimeUnit.MINUTES.toNanos(5);
  private static final long LONGEST_SPACING = TimeUnit.SECONDS.toNanos(1);

  private final Subscription subscription;
  private final LeaseWork work;

  private @Nullable CompletableFuture<Void> writing;
  private @Nullable Unsettled unsettled;
  private @Nullable String consumer;
  private long timeout;
  private SubscriptionLease.@Nullable Taken taken;
  private long writtenAt;
  private long safeUntil;
  private boolean active;
  private boolean armed;
  private long committedAt;
  private @Nullable Poll poll;

  Seat(Subscription subscription, LeaseWork work) {
    this.subscription = subscription;
    this.work = work;
    this.committedAt = work.nanoTime();
    this.writtenAt = committedAt;
    this.safeUntil = committedAt;
  }

  /**
   * A lease of which it is not known whether it is in the log. Until it is, nothing else is said,
   * lest others hear both with the same version.
   *
   * @param began when it was first said
   */
  private record Unsettled(SubscriptionLease lease, long began) {}

  /**
   * Completes when the consumer holds the lease here; fails with {@code HELD} if another does.
   *
   * @param anew the lease is to be said even if it seems to be held; else it may turn out that the
   *     consumer had been elsewhere meanwhile
   * @return whether it was said since the call
   */
  CompletionStage<Boolean> acquire(PollRequest request, boolean anew) {
    return acquire(request, Prepared.NOTHING, anew ? ATTEMPTS + 1 : ATTEMPTS);
  }

  /** What was done before another's place is taken, so that nothing is done twice. */
  private enum Prepared {
    NOTHING,
    READ,
    COMMITTED
  }

  private CompletionStage<Boolean> acquire(PollRequest request, Prepared prepared, int attempts) {
    CompletableFuture<Void> written;
    synchronized (this) {
      long now = work.nanoTime();
      Leases.Held held = subscription.lease();
      if (mine(request.consumer()) != null && now - safeUntil < 0) {
        sit(request, now);
        if (attempts <= ATTEMPTS && safeUntil - now > timeout / 2) {
          return CompletableFuture.completedFuture(attempts < ATTEMPTS);
        }
      }
      if (writing != null) {
        return writing
            .handle((nothing, failure) -> null)
            .thenComposeAsync(nothing -> acquire(request, prepared, attempts), work.executor());
      }
      if (held != null && held.nanosLeft(now) > 0 && !held.isOf(request.consumer())) {
        return CompletableFuture.failedFuture(held(Duration.ofNanos(held.nanosLeft(now))));
      }
      if (attempts == 0) {
        return CompletableFuture.failedFuture(held(SOON));
      }
      if (held != null && held.nanosLeft(now) <= 0 && prepared != Prepared.COMMITTED) {
        boolean read = prepared == Prepared.READ;
        return (read ? work.evict(subscription, held) : work.readAll())
            .thenComposeAsync(
                nothing -> acquire(request, read ? Prepared.COMMITTED : Prepared.READ, attempts),
                work.executor());
      }
      sit(request, now);
      written = write(held == null ? 1 : held.lease().version() + 1);
    }
    return written.thenComposeAsync(
        nothing -> acquire(request, prepared, attempts - 1), work.executor());
  }

  private void sit(PollRequest request, long now) {
    if (!request.consumer().equals(consumer)) {
      consumer = request.consumer();
      taken = null;
      committedAt = now;
    }
    timeout = request.sessionTimeout().toNanos();
    SubscriptionRecord record = subscription.record();
    if (request.autoCommit() != null && request.offset().isPresent() && record != null) {
      taken = new SubscriptionLease.Taken(record.generation(), request.offset().getAsLong());
    }
  }

  /** The consumer is there: its lease is to be renewed, soon. */
  synchronized void touch() {
    if (mine(consumer) != null) {
      touch(work.nanoTime());
    }
  }

  private void touch(long now) {
    active = true;
    if (!armed && writing == null) {
      long due = writtenAt + Math.min(LONGEST_SPACING, timeout / 10) - now;
      if (due <= 0) {
        renew();
      } else {
        armed = true;
        work.later(this::renewInTime, due);
      }
    }
  }

  private synchronized void renewInTime() {
    armed = false;
    if (active && writing == null) {
      renew();
    }
  }

  /** Says at once what was to be said soon. */
  synchronized void flush() {
    if (active && writing == null) {
      renew();
    }
  }

  private void renew() {
    Leases.Held held = mine(consumer);
    if (held != null) {
      CompletableFuture<Void> unused = write(held.lease().version() + 1);
    }
  }

  /** Says the next lease; or what was said last, if it is not known what became of that. */
  private CompletableFuture<Void> write(long version) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    writing = written;
    active = false;
    if (unsettled == null) {
      var lease = new SubscriptionLease(consumer(), version, timeout / 1_000_000, taken);
      unsettled = new Unsettled(lease, work.nanoTime());
    }
    Unsettled said = unsettled;
    var unused =
        work.say(subscription, said.lease)
            .whenComplete((nothing, failure) -> settle(said, written, failure));
    return written;
  }

  private void settle(
      Unsettled said, CompletableFuture<Void> written, @Nullable Throwable failure) {
    synchronized (this) {
      writing = null;
      if (failure == null) {
        unsettled = null;
        Leases.Held held = mine(said.lease.consumer());
        if (held != null && held.lease().equals(said.lease)) {
          writtenAt = said.began;
          safeUntil = said.began + said.lease.timeoutMillis() * 1_000_000;
        }
      }
      if (active) {
        touch(work.nanoTime());
      }
    }
    if (failure == null) {
      written.complete(null);
    } else {
      written.completeExceptionally(failure);
    }
  }

  /** Whether the consumer holds the lease here, and no other can have it by now. */
  synchronized boolean isSafe(String by) {
    return mine(by) != null && work.nanoTime() - safeUntil < 0;
  }

  /** Whether it is time to commit what the consumer has taken; then it is not for a while. */
  synchronized boolean commitIsDue(Duration interval) {
    long now = work.nanoTime();
    if (now - committedAt < interval.toNanos()) {
      return false;
    }
    committedAt = now;
    return true;
  }

  /** A poll begins to wait; returns the one that waited until now. */
  synchronized @Nullable Poll seat(Poll now) {
    Poll before = poll;
    poll = now;
    return before;
  }

  synchronized void leave(Poll gone) {
    if (poll == gone) {
      poll = null;
    }
  }

  synchronized @Nullable Poll poll() {
    return poll;
  }

  /** Nobody has used it for long. */
  synchronized boolean isIdle() {
    return poll == null
        && writing == null
        && !armed
        && work.nanoTime() - Math.max(safeUntil, committedAt) > IDLE;
  }

  private String consumer() {
    return requireNonNull(consumer, "nobody sits here");
  }

  Subscription subscription() {
    return subscription;
  }

  boolean isOf(Subscription other) {
    return subscription == other;
  }

  /** What this node has said for a consumer, if that counts. */
  private Leases.@Nullable Held mine(@Nullable String by) {
    Leases.Held held = subscription.lease();
    return held != null && by != null && held.node().equals(work.node()) && held.isOf(by)
        ? held
        : null;
  }

  static SubscriptionException held(Duration left) {
    return new SubscriptionException(
        Reason.HELD, "Another consumer holds the subscription's session.", left);
  }
}
