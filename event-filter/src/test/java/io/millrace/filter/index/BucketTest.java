package io.millrace.filter.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.filter.Events;
import io.millrace.filter.event.EventView;
import io.millrace.filter.predicate.Condition;
import io.millrace.filter.predicate.OneOf;
import io.millrace.filter.predicate.Path;
import io.millrace.filter.predicate.Range;
import io.millrace.filter.predicate.StartsWith;
import io.millrace.filter.predicate.Within;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BucketTest {

  private static final Path AMOUNT = Path.of(List.of("amount"));
  private static final Path NAME = Path.of(List.of("name"));

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, Condition> current = new HashMap<>();
  private @Nullable Place<String> bucket;

  @Test
  void findsWhatContainsTheNumberAmongManyRanges() {
    for (int i = 0; i < 3000; i++) {
      put("r" + random.nextInt(1500), new Within(AMOUNT, range()));
      if (i % 3 == 0) {
        remove("r" + random.nextInt(1500));
      }
      if (i % 20 == 0) {
        check("{\"amount\": %s}".formatted(number()));
        check("{\"amount\": [%s]}".formatted(number()));
      }
    }
    List.copyOf(current.keySet()).forEach(this::remove);
    assertThat(bucket).isNull();
  }

  @Test
  void toldApartByMoreThanADoubleHolds() {
    String base = "0.1000000000000000000000";
    for (int i = 0; i < 9; i++) {
      put("r" + i, new Within(AMOUNT, Range.above(new BigDecimal(base + i), i % 2 == 0)));
    }
    for (int i = 0; i < 9; i++) {
      check("{\"amount\": " + base + i + "}");
    }
    check("{\"amount\": 1e400}");
    check("{\"amount\": -1e400}");
  }

  @Test
  void findsPrefixesOfEveryLength() {
    String text = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
    for (int length = 0; length <= text.length(); length++) {
      put("p" + length, new StartsWith(NAME, text.substring(0, length)));
      put("o" + length, new StartsWith(NAME, text.substring(0, length) + "-"));
    }
    check("{\"name\": \"" + text + "\"}");
    check("{\"name\": \"" + text.substring(0, 30) + "\"}");
    check("{\"name\": \"" + text.substring(0, 30) + "-\"}");
    check("{\"name\": [\"abc\"]}");
    check("{\"name\": 7}");
    List.copyOf(current.keySet()).forEach(this::remove);
    assertThat(bucket).isNull();
  }

  @Test
  void longListsAreNotSpreadWithoutLimit() {
    List<BigDecimal> long1 = IntStream.range(0, 1000).mapToObj(BigDecimal::valueOf).toList();
    for (int i = 0; i < 20; i++) {
      put("l" + i, OneOf.of(AMOUNT, long1.subList(0, 10 * i + 1)));
      put("m" + i, OneOf.of(AMOUNT, long1.subList(50 * i, 1000)));
    }
    for (int number : List.of(0, 5, 100, 999, 1000)) {
      check("{\"amount\": " + number + ".0}");
    }
    List.copyOf(current.keySet()).forEach(this::remove);
    assertThat(bucket).isNull();
  }

  private void put(String owner, Condition condition) {
    remove(owner);
    String key = owner.intern();
    var item = new Item<>(key, settled(key), List.of(condition), 1);
    bucket = Place.with(bucket, item);
    current.put(key, condition);
  }

  private void remove(String owner) {
    Condition former = current.remove(owner);
    if (former != null) {
      assertThat(bucket.remove(new Item<>(owner.intern(), settled(owner), List.of(former), 1)))
          .isTrue();
      bucket = bucket.isEmpty() ? null : bucket;
    }
  }

  private void check(String data) {
    EventView event = new EventView(Events.withData(data));
    List<String> expected =
        current.keySet().stream().filter(owner -> current.get(owner).accepts(event)).toList();
    List<String> found = new ArrayList<>();
    bucket.find(
        event,
        new Finder<String>() {
          @Override
          public void found(String owner) {
            assertThat(BucketTest.settled(owner)).isFalse();
            found.add(owner);
          }

          @Override
          public void settled(String owner) {
            assertThat(BucketTest.settled(owner)).isTrue();
            found.add(owner);
          }
        });
    assertThat(found).as("%s, seed %d", data, seed).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static boolean settled(String owner) {
    return owner.hashCode() % 2 == 0;
  }

  private Range range() {
    return switch (random.nextInt(4)) {
      case 0 -> Range.above(number(), random.nextBoolean());
      case 1 -> Range.below(number(), random.nextBoolean());
      case 2 -> new Range(number(), random.nextBoolean(), number(), random.nextBoolean(), false);
      default -> {
        BigDecimal low = number();
        yield new Range(low, true, low.add(BigDecimal.ONE), true, random.nextBoolean());
      }
    };
  }

  private BigDecimal number() {
    return BigDecimal.valueOf(random.nextInt(2000) - 500, random.nextInt(3));
  }
}
