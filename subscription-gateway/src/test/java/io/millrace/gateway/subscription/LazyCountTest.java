package io.millrace.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.filter.Tenants;
import io.millrace.filter.audience.AccessRules;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.model.emitter.EventFilter;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LazyCountTest {

  private final Head head = new Head(1 << 20, Tenants.FLAT, new RulesInForce(AccessRules.OPEN));

  private Interest interest() throws Exception {
    return head.add(new Subscription("s"), EventFilter.EVERYTHING);
  }

  private void take(int from, int to) {
    var log = new SimulatedStream(1);
    log.append(to);
    head.take(log.block(from, to));
  }

  @Test
  void countsNothingForWhoDoesNotAsk() throws Exception {
    head.begin(0, 0);
    Interest interest = interest();
    take(0, 5);
    assertThat(interest.tally.count(0, 5)).isZero();
    assertThat(head.uncounted(100)).isNull();
  }

  @Test
  void countsThePastForWhoAsks() throws Exception {
    head.begin(0, 0);
    Interest interest = interest();
    take(0, 5);
    assertThat(head.count(interest, 0)).isEmpty();
    Head.Uncounted past = head.uncounted(100);
    assertThat(past.from()).isZero();
    assertThat(past.to()).isEqualTo(5);
    Tally found = new Tally();
    found.add(1);
    found.add(4);
    head.counted(past, Map.of(interest, found));
    assertThat(head.count(interest, 0)).isEqualTo(OptionalLong.of(2));
    assertThat(past.interests()).isEqualTo(List.of(interest));
  }

  @Test
  void countsWhatComesOnceItIsAsked() throws Exception {
    head.begin(0, 0);
    Interest interest = interest();
    assertThat(head.count(interest, 0)).isEqualTo(OptionalLong.of(0));
    take(0, 5);
    assertThat(head.count(interest, 0)).isEqualTo(OptionalLong.of(5));
  }

  @Test
  void remembersThatItWasAskedBeforeItBegan() throws Exception {
    Interest interest = interest();
    assertThat(head.count(interest, 0)).isEmpty();
    head.begin(0, 3);
    assertThat(head.uncounted(100)).isEqualTo(new Head.Uncounted(0, 3, List.of(interest)));
  }
}
