package io.millrace.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.emitter.EventFilter;
import io.millrace.model.subscription.SubscriptionLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Polls that look, wait, are woken, time out and are cancelled, interleaved by chance. */
class PollRaceTest {

  private static final int STEPS = 2_000;

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 0; seed < 200; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyEventComesOnceInOrderHoweverPollsWait(long seed) throws Exception {
    SimulatedStream simulated = new SimulatedStream(seed);
    List<Asking> consumers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      consumers.add(new Asking(simulated, i));
    }
    for (int step = 0; step < STEPS; step++) {
      Asking one = consumers.get(simulated.random.nextInt(consumers.size()));
      switch (simulated.random.nextInt(9)) {
        case 0 -> simulated.append(simulated.random.nextInt(6));
        case 1 -> simulated.follow();
        case 2, 3 -> one.ask();
        case 4 -> one.cancelSometimes();
        default -> simulated.work();
      }
    }
    for (int i = 0; i < 20_000 && !consumers.stream().allMatch(Asking::hasAll); i++) {
      simulated.follow();
      consumers.forEach(Asking::ask);
      boolean unused = simulated.work();
    }
    consumers.forEach(Asking::check);
  }

  /** A consumer that asks from where its last answer ended. */
  private static final class Asking implements PollWork {

    private final SimulatedStream simulated;
    private final EventFilter filter;
    private final Subscription subscription;
    private final Seat seat;
    private final List<Long> ids = new ArrayList<>();
    private final int limit;
    private @Nullable PendingPoll pending;
    private long offset;

    Asking(SimulatedStream simulated, int number) throws Exception {
      this.simulated = simulated;
      this.filter = number == 0 ? EventFilter.EVERYTHING : SimulatedStream.type(number);
      this.subscription = simulated.subscription("s" + number, filter, 0);
      this.limit = 1 + simulated.random.nextInt(5);
      this.seat = new Seat(subscription, new Steady(subscription));
    }

    void ask() {
      if (pending != null) {
        return;
      }
      var request =
          new PollRequest(
              "c",
              OptionalLong.of(offset),
              limit,
              Duration.ofMillis(simulated.random.nextInt(3_000)),
              Duration.ofHours(1),
              null);
      assertThat(seat.acquire(request, false)).isCompleted();
      PendingPoll poll = new PendingPoll();
      pending = poll;
      var unused =
          poll.future()
              .whenComplete(
                  (answer, failure) -> {
                    pending = null;
                    if (answer != null) {
                      take(answer);
                    }
                  });
      long deadline = nanoTime() + request.timeout().toNanos();
      new Poll(request, offset, deadline, seat, subscription.place(), this, poll, null).start();
    }

    void cancelSometimes() {
      if (pending != null && simulated.random.nextInt(3) == 0) {
        pending.cancel();
      }
    }

    private void take(PolledEvents answer) {
      assertThat(answer.from()).isEqualTo(offset);
      assertThat(answer.events()).hasSizeLessThanOrEqualTo(limit);
      answer.events().forEach(event -> ids.add(event.id()));
      assertThat(answer.offset()).isGreaterThanOrEqualTo(ids.isEmpty() ? 0 : last());
      offset = answer.offset();
    }

    private long last() {
      return ids.get(ids.size() - 1);
    }

    boolean hasAll() {
      return ids.size() >= simulated.matching(filter, 0).size();
    }

    void check() {
      assertThat(ids).isEqualTo(simulated.matching(filter, 0));
    }

    @Override
    public void execute(Runnable work) {
      simulated.execute(work);
    }

    @Override
    public Future<?> schedule(Runnable work, long nanos) {
      FutureTask<Void> task = new FutureTask<>(work, null);
      simulated.schedule(task, nanos);
      return task;
    }

    @Override
    public void read(Poll poll) {
      simulated.execute(() -> poll.work(simulated));
    }

    @Override
    public void readLater(Poll poll, Duration delay) {
      read(poll);
    }

    @Override
    public void lost(
        Subscription of,
        PollRequest request,
        long from,
        PendingPoll poll,
        @Nullable Runnable anew) {
      throw new AssertionError("nobody else is there");
    }

    @Override
    public long nanoTime() {
      return simulated.nanoTime();
    }
  }

  /** Leases are had for the asking. */
  private record Steady(Subscription subscription) implements LeaseWork {

    @Override
    public String node() {
      return "node";
    }

    @Override
    public CompletableFuture<Void> say(Subscription said, SubscriptionLease lease) {
      subscription.said("node", lease, lease.version(), 0);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> readAll() {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> evict(Subscription of, Leases.Held silent) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Executor executor() {
      return Runnable::run;
    }

    @Override
    public void later(Runnable work, long nanos) {
      work.run();
    }

    @Override
    public long nanoTime() {
      return 0;
    }
  }
}
