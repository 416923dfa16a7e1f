package io.millrace.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.millrace.model.emitter.EventFilter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The index says what every filter says by itself. Random, with the seed in the message of a
 * failure.
 */
class FilterIndexPropertyTest {

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final RandomFilters filters = new RandomFilters(seed);
  private final FilterIndex<Integer> index = new FilterIndex<>(key -> {}, RandomFilters.TREE);
  private final Map<Integer, EventFilter> current = new HashMap<>();
  private final Map<EventFilter, EventMatcher> matchers = new HashMap<>();

  @Test
  void saysWhatEachFilterSays() throws Exception {
    Random random = new Random(seed);
    for (int round = 0; round < 25; round++) {
      for (int i = 0; i < 30; i++) {
        change(random.nextInt(200));
      }
      for (int i = 0; i < 20; i++) {
        check(filters.event());
      }
    }
    for (Integer key : List.copyOf(current.keySet())) {
      index.remove(key);
      current.remove(key);
    }
    assertThat(index.size()).isZero();
    assertThat(index.distinctExpressions()).isZero();
    check(filters.event());
  }

  @Test
  void neitherMissesNorDoublesWhatChangesWhileItMatches() throws Exception {
    CloudEvent event = filters.event();
    List<EventFilter> wanting =
        Stream.generate(filters::filter).filter(filter -> wants(filter, event)).limit(30).toList();
    List<EventFilter> refusing =
        Stream.generate(filters::filter).filter(filter -> !wants(filter, event)).limit(30).toList();
    for (int key = 0; key < 20; key++) {
      index.put(key, wanting.get(key));
    }
    CompletableFuture<Void> changes =
        CompletableFuture.runAsync(
            () -> {
              Random random = new Random(seed);
              for (int i = 0; i < 10_000; i++) {
                put(random.nextInt(20), wanting.get(random.nextInt(wanting.size())));
                put(100 + random.nextInt(40), refusing.get(random.nextInt(refusing.size())));
                index.remove(100 + random.nextInt(40));
              }
            });
    Integer[] always = IntStream.range(0, 20).boxed().toArray(Integer[]::new);
    while (!changes.isDone()) {
      assertThat(index.match(event)).as("seed %d", seed).containsExactlyInAnyOrder(always);
    }
    changes.get();
  }

  private void change(int key) throws InvalidFilterException {
    EventFilter filter = filters.filterOrNone();
    if (filter == null) {
      index.remove(key);
      current.remove(key);
    } else {
      index.put(key, filter);
      current.put(key, filter);
    }
  }

  private void check(CloudEvent event) {
    var expected = new TreeSet<Integer>();
    current.forEach(
        (key, filter) -> {
          if (wants(filter, event)) {
            expected.add(key);
          }
        });
    Collection<Integer> matches = index.match(event);
    var doubtful = new TreeSet<>(matches);
    doubtful.removeAll(expected);
    expected.removeAll(matches);
    assertThat(doubtful).as(() -> "too many, " + describe(doubtful, event)).isEmpty();
    assertThat(expected).as(() -> "missing, " + describe(expected, event)).isEmpty();
    assertThat(matches).as("seed %d", seed).doesNotHaveDuplicates();
  }

  private String describe(Collection<Integer> keys, CloudEvent event) {
    String data =
        event.getData() == null
            ? ""
            : new String(event.getData().toBytes(), StandardCharsets.UTF_8);
    return "seed %d, event %s %s, %s"
        .formatted(seed, event, data, keys.stream().map(current::get).limit(3).toList());
  }

  private boolean wants(EventFilter filter, CloudEvent event) {
    return matchers.computeIfAbsent(filter, FilterIndexPropertyTest::compile).matches(event);
  }

  private void put(int key, EventFilter filter) {
    try {
      index.put(key, filter);
    } catch (InvalidFilterException e) {
      throw new AssertionError(e);
    }
  }

  private static EventMatcher compile(EventFilter filter) {
    try {
      return EventMatcher.compile(filter, RandomFilters.TREE);
    } catch (InvalidFilterException e) {
      throw new AssertionError(e);
    }
  }
}
