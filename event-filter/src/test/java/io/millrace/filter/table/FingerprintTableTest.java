package io.millrace.filter.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FingerprintTableTest {

  private final FingerprintTable<String> table = new FingerprintTable<>();

  @Test
  void holdsWhatAMapHolds() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<String, String> expected = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      // The more keys there are to choose from, the more there come to be in the table.
      String key = "key-" + random.nextInt(1 + i % 1000);
      String value = random.nextInt(5) < 2 ? null : "value-" + i;
      table.put(Fingerprint.of(key), value);
      if (value == null) {
        expected.remove(key);
      } else {
        expected.put(key, value);
      }
      String asked = "key-" + random.nextInt(1000);
      assertThat(table.get(Fingerprint.of(asked)))
          .as("%s, seed %d", asked, seed)
          .isEqualTo(expected.get(asked));
      assertThat(table.isEmpty()).isEqualTo(expected.isEmpty());
    }
    for (int i = 0; i < 1000; i++) {
      table.put(Fingerprint.of("key-" + i), null);
    }
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.get(Fingerprint.of("key-1"))).isNull();
  }

  @Test
  void readersAlwaysFindWhatStays() {
    for (int i = 0; i < 20; i++) {
      table.put(Fingerprint.of("stays-" + i), "stays-" + i);
    }
    CompletableFuture<Void> changes =
        CompletableFuture.runAsync(
            () -> {
              Random random = new Random(1);
              for (int i = 0; i < 300_000; i++) {
                String key = "goes-" + random.nextInt(1 + i % 500);
                table.put(Fingerprint.of(key), random.nextBoolean() ? null : key);
              }
            });
    for (int i = 0; !changes.isDone(); i++) {
      String stays = "stays-" + i % 20;
      assertThat(table.get(Fingerprint.of(stays))).isEqualTo(stays);
      String goes = "goes-" + i % 500;
      assertThat(table.get(Fingerprint.of(goes))).isIn(null, goes);
    }
    changes.join();
  }
}
