package io.millrace.emitter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.Events;
import io.millrace.emitter.lane.Emission;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageIdTest {

  private final List<Emission> a = Events.emissions(Events.event("a", "{}"));
  private final List<Emission> b = Events.emissions(Events.event("b", "{}"));

  @Test
  void isTheEventsOwnKey() {
    assertThat(MessageId.of(a)).isEqualTo(a.get(0).idempotencyKey()).isNotEqualTo(MessageId.of(b));
  }

  @Test
  void isTheSameForTheSameEventsInTheirOrder() {
    assertThat(MessageId.of(both(a, b))).hasSize(24).isEqualTo(MessageId.of(both(a, b)));
    assertThat(MessageId.of(both(a, b))).isNotEqualTo(MessageId.of(both(b, a)));
  }

  private static List<Emission> both(List<Emission> first, List<Emission> second) {
    List<Emission> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }
}
