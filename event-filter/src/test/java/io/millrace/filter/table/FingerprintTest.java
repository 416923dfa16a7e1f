package io.millrace.filter.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void goesOnFromEveryPrefix() {
    String text = "region-3/site-8/größe/\u0000\uffff";
    var rolled = new Fingerprint();
    for (int length = 0; length <= text.length(); length++) {
      assertThat(halves(rolled)).isEqualTo(halves(Fingerprint.of(text.substring(0, length))));
      if (length < text.length()) {
        rolled.add(text.charAt(length));
      }
    }
  }

  @Test
  void differsBetweenTextsNumbersAndBooleans() {
    List<Fingerprint> all = new ArrayList<>();
    all.add(Fingerprint.of(true));
    all.add(Fingerprint.of(false));
    for (long number : new long[] {0, 1, -1, 1L << 32, -1L << 32, 999_999_999_999_999L}) {
      all.add(Fingerprint.of(number));
    }
    for (String text :
        List.of("true", "false", "0", "1", "-1", "\u0000", "\u0001", "\u0000\u0001")) {
      all.add(Fingerprint.of(text));
    }
    String zeros = "\u0000".repeat(20);
    for (int length = 2; length <= zeros.length(); length++) {
      all.add(Fingerprint.of(zeros.substring(0, length)));
    }
    for (int i = 0; i < 100_000; i++) {
      all.add(Fingerprint.of("region-" + i));
    }
    Set<List<Long>> distinct = new HashSet<>();
    all.forEach(one -> distinct.add(halves(one)));
    assertThat(distinct).hasSameSizeAs(all);
    assertThat(all).extracting(Fingerprint::first).doesNotHaveDuplicates();
    assertThat(all).extracting(Fingerprint::second).doesNotHaveDuplicates();
  }

  private static List<Long> halves(Fingerprint fingerprint) {
    return List.of(fingerprint.first(), fingerprint.second());
  }
}
