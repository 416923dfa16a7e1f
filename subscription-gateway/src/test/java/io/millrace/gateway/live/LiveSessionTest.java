package io.millrace.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.audience.Audience;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveSessionTest {

  private static final Set<String> ALL = Set.of("t0", "t1", "t2");

  private static EventFilter of(String... types) {
    return new EventFilter(List.of(), Set.of(types), null);
  }

  private static Simulation simulation(int partitions, SlowSessions slow) {
    return new Simulation(1, partitions, slow, Audience.EVERYBODY);
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
  }

  /** One that wants certain types, and reads a few events at a time. */
  private record Reader(LiveSession session, Client client, Set<String> types) {

    boolean hasAll(Simulation simulation) {
      for (int i = 0; i < simulation.tails.size(); i++) {
        long begin = client.began().at(new Place("s", i)).orElse(0);
        List<String> expected = simulation.positions(i, types, begin);
        if (!client.of(i).equals(expected)) {
          return false;
        }
      }
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whoeverComesWheneverGetsEverythingOnce(long seed) throws Exception {
    Random random = new Random(seed);
    List<Reader> readers = new ArrayList<>();
    try (Simulation simulation =
        new Simulation(seed, 2, SlowSessions.CATCH_UP, Audience.EVERYBODY)) {
      for (int i = 0; i < 400; i++) {
        simulation.append(random.nextInt(12));
        if (i % 10 == 0) {
          Client client = new Client(random.nextInt(5));
          Set<String> types = i % 20 == 0 ? ALL : Set.of("t" + random.nextInt(3));
          Positions after =
              random.nextBoolean()
                  ? null
                  : new Positions(Map.of(new Place("s", 0), (long) random.nextInt(i + 1)));
          List<EventFilter> filters = types.stream().map(LiveSessionTest::of).toList();
          readers.add(new Reader(simulation.open(filters, after, client), client, types));
        }
        for (Reader reader : readers) {
          if (random.nextInt(5) == 0) {
            reader.client.room(random.nextInt(40));
            reader.session.drained();
          }
        }
      }
      eventually(
          () -> {
            readers.forEach(reader -> reader.client.room(1_000));
            readers.forEach(reader -> reader.session.drained());
            assertThat(readers).allMatch(reader -> reader.hasAll(simulation));
          });
      assertThat(readers).allMatch(reader -> reader.client.gaps.isEmpty());
      eventually(() -> assertThat(readers).noneMatch(reader -> reader.client.waiting()));
    }
  }

  @Test
  void whoeverComesWhileEventsDoMissesNone() throws Exception {
    List<Reader> readers = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    try (Simulation simulation = simulation(2, SlowSessions.CATCH_UP)) {
      Thread publisher =
          new Thread(
              () -> {
                while (!done.get()) {
                  simulation.append(1);
                }
              });
      publisher.start();
      for (int i = 0; i < 200; i++) {
        Client client = Client.quick();
        // A filter that nobody has had so far, for which events were not matched.
        List<EventFilter> filters = List.of(of("t0", "t1", "t2", "one of its own " + i));
        readers.add(new Reader(simulation.open(filters, null, client), client, ALL));
      }
      done.set(true);
      publisher.join();
      eventually(() -> assertThat(readers).allMatch(reader -> reader.hasAll(simulation)));
    }
  }

  @Test
  void aSlowOneIsToldWhatItHasMissed() throws Exception {
    try (Simulation simulation = simulation(1, SlowSessions.GAP)) {
      Client slow = new Client(2);
      Client quick = Client.quick();
      LiveSession session = simulation.open(List.of(of("t0", "t1", "t2")), null, slow);
      simulation.open(List.of(of("t0", "t1", "t2")), null, quick);
      eventually(() -> assertThat(Stream.of(slow, quick)).allMatch(each -> each.began() != null));
      simulation.append(10);
      eventually(() -> assertThat(quick.events).hasSize(10));
      // When its lane has come as far, too. What it was not told of is not behind it.
      List<String> positions = new CopyOnWriteArrayList<>();
      eventually(
          () -> {
            session.position(position -> positions.add(position.toString()));
            assertThat(slow.events).hasSize(2);
          });
      session.position(position -> slow.room(5));
      eventually(() -> assertThat(slow.ready()).isTrue());
      assertThat(positions).contains("s:0:2").doesNotContain("s:0:10");
      session.drained();
      eventually(() -> assertThat(slow.gaps).hasSize(1));
      assertThat(slow.gaps).containsExactly(new Gap(new Place("s", 0), 3, 10, 8, Gap.Reason.SLOW));
      simulation.append(1);
      eventually(() -> assertThat(slow.events).containsExactly("s:0:1", "s:0:2", "s:0:11"));
    }
  }

  @Test
  void aSlowOneEnds() throws Exception {
    try (Simulation simulation = simulation(1, SlowSessions.CLOSE)) {
      Client slow = new Client(2);
      simulation.open(List.of(of("t0", "t1", "t2")), null, slow);
      simulation.append(10);
      eventually(
          () -> assertThat(slow.endings).containsExactly("SLOW does not take what it is sent"));
      assertThat(simulation.filters()).isZero();
    }
  }

  @Test
  void filtersChangeWithoutABreak() throws Exception {
    try (Simulation simulation = simulation(1, SlowSessions.CATCH_UP)) {
      Client client = Client.quick();
      LiveSession session = simulation.open(List.of(of("t0")), null, client);
      simulation.append(20);
      session.change(List.of(of("t0"), of("t1"), of("t1", "t2")));
      simulation.append(20);
      session.change(List.of(of("t0")));
      simulation.append(20);
      List<String> expected = new ArrayList<>(simulation.positions(0, Set.of("t0"), 0));
      eventually(() -> assertThat(client.events).containsAll(expected));
      assertThat(client.events).doesNotHaveDuplicates();
      assertThat(client.events)
          .doesNotContainAnyElementsOf(simulation.positions(0, Set.of("t1", "t2"), 40))
          .noneMatch(simulation.positions(0, Set.of("t1", "t2"), 0).subList(0, 1)::contains);
      session.close();
      assertThat(simulation.filters()).isZero();
    }
  }

  @Test
  void aFilterThatCannotBeUsedChangesNothing() throws Exception {
    try (Simulation simulation = simulation(1, SlowSessions.CATCH_UP)) {
      Client client = Client.quick();
      LiveSession session = simulation.open(List.of(of("t0")), null, client);
      EventFilter wrong = new EventFilter(List.of(TopicPath.parse("a")), Set.of(), "a >");
      assertThatThrownBy(() -> session.change(List.of(of("t1"), wrong)))
          .isInstanceOf(InvalidFilterException.class);
      assertThat(simulation.filters()).isEqualTo(1);
      simulation.append(20);
      eventually(
          () -> assertThat(client.events).isEqualTo(simulation.positions(0, Set.of("t0"), 0)));
    }
  }

  @Test
  void whatIsGoneIsToldToWhoComesBack() throws Exception {
    try (Simulation simulation = simulation(1, SlowSessions.CATCH_UP)) {
      for (int i = 0; i < 20; i++) {
        simulation.append(10);
      }
      simulation.forget(50);
      Client client = Client.quick();
      Client beyond = Client.quick();
      simulation.open(
          List.of(of("t0", "t1", "t2")), new Positions(Map.of(new Place("s", 0), 7L)), client);
      simulation.open(
          List.of(of("t0", "t1", "t2")), new Positions(Map.of(new Place("s", 0), 900L)), beyond);
      eventually(() -> assertThat(client.events).isEqualTo(simulation.positions(0, ALL, 50)));
      eventually(() -> assertThat(beyond.events).isEqualTo(simulation.positions(0, ALL, 50)));
      assertThat(client.gaps)
          .containsExactly(new Gap(new Place("s", 0), 8, 50, -1, Gap.Reason.GONE));
      assertThat(beyond.gaps).extracting(Gap::reason).containsExactly(Gap.Reason.REPLACED);
    }
  }

  @Test
  void whoMayNotSeeAnEventDoesNotGetIt() throws Exception {
    Audience audience =
        event -> viewer -> viewer.equals(Simulation.VIEWER) && !event.getType().equals("t1");
    try (Simulation simulation = new Simulation(1, 1, SlowSessions.CATCH_UP, audience)) {
      simulation.append(30);
      Client client = Client.quick();
      LiveSession session =
          simulation.open(
              List.of(of("t0", "t1", "t2")), new Positions(Map.of(new Place("s", 0), 0L)), client);
      simulation.append(30);
      eventually(
          () ->
              assertThat(client.events).isEqualTo(simulation.positions(0, Set.of("t0", "t2"), 0)));
      session.viewer(new io.millrace.filter.audience.Viewer("bob", Set.of()));
      simulation.append(30);
      session.position(position -> client.events.add("end"));
      eventually(() -> assertThat(client.events).contains("end"));
      assertThat(client.events)
          .hasSize(
              simulation.positions(0, Set.of("t0", "t2"), 0).size()
                  + 1
                  - simulation.positions(0, Set.of("t0", "t2"), 60).size());
    }
  }

  @Test
  void positionsAreToldBetweenTheEvents() throws Exception {
    try (Simulation simulation = simulation(1, SlowSessions.CATCH_UP)) {
      Client client = Client.quick();
      LiveSession session = simulation.open(List.of(of("t0", "t1", "t2")), null, client);
      for (int i = 0; i < 50; i++) {
        simulation.append(3);
        session.position(position -> client.events.add("at " + position));
      }
      eventually(() -> assertThat(client.events).hasSize(200));
      String last = "s:0:0";
      for (String each : client.events) {
        if (each.startsWith("at ")) {
          assertThat(each).isEqualTo("at " + last);
        } else {
          last = each;
        }
      }
    }
  }
}
