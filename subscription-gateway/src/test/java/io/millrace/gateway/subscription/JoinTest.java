package io.millrace.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.filter.InvalidFilterException;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.model.emitter.EventFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions, head, replays and counting, interleaved by chance. */
class JoinTest {

  private static final int STEPS = 1_500;

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 0; seed < 200; seed++) {
      seeds.add(seed);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyEventComesOnceInOrderHoweverSessionsJoin(long seed) throws Exception {
    run(new SimulatedStream(seed), false);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatRetentionTakesIsReportedHoweverSessionsJoin(long seed) throws Exception {
    run(new SimulatedStream(seed), true);
  }

  private static void run(SimulatedStream simulated, boolean expires)
      throws InvalidFilterException {
    List<Subscriber> subscribers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      subscribers.add(new Subscriber(simulated, i));
    }
    for (int step = 0; step < STEPS; step++) {
      switch (simulated.random.nextInt(expires ? 9 : 8)) {
        case 0 -> simulated.append(simulated.random.nextInt(6));
        case 1 -> simulated.follow();
        case 2 -> any(simulated, subscribers).acknowledgeSome();
        case 3 -> any(simulated, subscribers).ask();
        case 4 -> simulated.trimAndCount();
        case 8 -> simulated.expire(simulated.start() + simulated.random.nextInt(4));
        default -> simulated.work();
      }
      if (step >= simulated.askedFrom()) {
        subscribers.forEach(Subscriber::checkCount);
      }
    }
    finish(simulated, subscribers);
    subscribers.forEach(Subscriber::checkAll);
  }

  private static void finish(SimulatedStream simulated, List<Subscriber> subscribers) {
    for (int quiet = 0; quiet < 50; ) {
      simulated.follow();
      subscribers.forEach(Subscriber::acknowledgeAll);
      subscribers.forEach(Subscriber::ask);
      quiet = simulated.work() ? 0 : quiet + 1;
    }
  }

  private static Subscriber any(SimulatedStream simulated, List<Subscriber> all) {
    return all.get(simulated.random.nextInt(all.size()));
  }

  private static final class Subscriber implements SubscriptionObserver {

    private final SimulatedStream simulated;
    private final EventFilter filter;
    private final long start;
    private final Pace pace;
    private final Subscription subscription;
    private final Delivery session;
    private final List<Long> ids = new ArrayList<>();
    private final List<long[]> gaps = new ArrayList<>();

    Subscriber(SimulatedStream simulated, int number) throws InvalidFilterException {
      this.simulated = simulated;
      var random = simulated.random;
      filter = number == 0 ? EventFilter.EVERYTHING : SimulatedStream.type(number % 3);
      start = random.nextInt((int) simulated.size() + 1);
      pace =
          new Pace(
              1 + random.nextInt(4), Duration.ofMillis(random.nextInt(2)), 1 + random.nextInt(12));
      subscription = simulated.subscription("s" + number, filter, start);
      session = simulated.connect(subscription, pace, this);
    }

    void ask() {
      session.request(1 + simulated.random.nextInt(3));
    }

    void acknowledgeSome() {
      if (!ids.isEmpty()) {
        acknowledge(ids.get(simulated.random.nextInt(ids.size())));
      }
    }

    void acknowledgeAll() {
      if (!ids.isEmpty()) {
        acknowledge(ids.get(ids.size() - 1));
      }
    }

    private void acknowledge(long id) {
      var unused = session.acknowledge(id);
    }

    void checkCount() {
      OptionalLong counted =
          simulated.stream.head.count(subscription.place().interest(), subscription.acknowledged());
      if (counted.isPresent()) {
        long from = Math.max(subscription.acknowledged(), simulated.start());
        long expected =
            simulated.matching(filter, from).stream()
                .filter(id -> id <= simulated.stream.head.position())
                .count();
        assertThat(counted.getAsLong()).isEqualTo(expected);
      }
    }

    void checkAll() {
      List<Long> expected =
          simulated.matching(filter, start).stream().filter(id -> !inGap(id)).toList();
      assertThat(ids).isEqualTo(expected);
    }

    private boolean inGap(long id) {
      return gaps.stream().anyMatch(gap -> gap[0] <= id && id <= gap[1]);
    }

    @Override
    public void events(List<StreamedEvent> chunk) {
      assertThat(chunk).isNotEmpty().hasSizeLessThanOrEqualTo(pace.chunkSize());
      // What waits is bounded by bytes, too; an event of this test counts for 500.
      assertThat(chunk.size() * 500L).isLessThan(simulated.inboxBytes() + 500);
      chunk.forEach(event -> ids.add(event.id()));
      long open = ids.stream().filter(id -> id > subscription.acknowledged()).count();
      assertThat(open).isLessThanOrEqualTo(pace.window());
    }

    @Override
    public void gap(long first, long last) {
      assertThat(first).isLessThanOrEqualTo(last);
      assertThat(last).isLessThanOrEqualTo(simulated.start());
      assertThat(ids).allMatch(id -> id < first);
      gaps.add(new long[] {first, last});
    }

    @Override
    public void ended(SessionEnd why) {
      throw new AssertionError("ended: " + why);
    }
  }
}
