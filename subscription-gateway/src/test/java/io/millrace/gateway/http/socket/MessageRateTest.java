package io.millrace.gateway.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MessageRateTest {

  private long now = Long.MAX_VALUE - 10; // Such a clock may run over.

  private final MessageRate rate = new MessageRate(10, () -> now);

  private int allowed() {
    int count = 0;
    while (count < 1_000 && rate.allowsOneMore()) {
      count++;
    }
    return count;
  }

  private void pass(long millis) {
    now += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void letsASecondsWorthThroughAtOnce() {
    assertThat(allowed()).isEqualTo(10);
  }

  @Test
  void givesBackAsTimePasses() {
    allowed();
    pass(300);
    assertThat(allowed()).isEqualTo(3);
  }

  @Test
  void savesNoMoreThanASecond() {
    pass(60_000);
    assertThat(allowed()).isEqualTo(10);
  }

  @Test
  void neverRefusesWhoKeepsTheRate() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(rate.allowsOneMore()).isTrue();
      pass(100);
    }
  }

  @Test
  void hasNoLimitOfZero() {
    MessageRate none = new MessageRate(0, () -> now);
    for (int i = 0; i < 1_000; i++) {
      assertThat(none.allowsOneMore()).isTrue();
    }
  }
}
