package io.millrace.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.emitter.EventFilter;
import io.millrace.model.subscription.SubscriptionClaim;
import io.millrace.model.subscription.SubscriptionDefinition;
import io.millrace.model.subscription.SubscriptionProgress;
import io.millrace.model.subscription.SubscriptionRecord;
import org.junit.jupiter.api.Test;

class SubscriptionTest {

  private final Subscription subscription = new Subscription("s");

  @Test
  void theOrderOfProgressDoesNotMatter() {
    progress("b", "g", 30, 40);
    define("g", 10);
    progress("a", "g", 20, 60);
    assertThat(subscription.acknowledged()).isEqualTo(30);
    assertThat(subscription.delivered()).isEqualTo(60);
  }

  @Test
  void progressOfAnotherGenerationDoesNotCount() {
    define("g", 10);
    progress("a", "g", 20, 60);
    define("h", 5);
    progress("a", "g", 70, 70);
    assertThat(subscription.acknowledged()).isEqualTo(5);
    assertThat(subscription.delivered()).isEqualTo(5);
  }

  @Test
  void anAcknowledgementIsDurableWhenItIsWritten() {
    define("g", 0);
    assertThat(subscription.delivered(8)).isTrue();
    assertThat(subscription.acknowledge(9)).isFalse();
    assertThat(subscription.acknowledge(6)).isTrue();
    var durable = subscription.durable(6);
    SubscriptionProgress written = subscription.toWrite();
    assertThat(written).isEqualTo(new SubscriptionProgress("g", 6, 8));
    assertThat(subscription.acknowledge(8)).isTrue();
    var next = subscription.durable(8);
    assertThat(subscription.toWrite()).as("one record at a time").isNull();
    assertThat(subscription.written(written)).containsExactly(durable);
    written = subscription.toWrite();
    assertThat(written).isEqualTo(new SubscriptionProgress("g", 8, 8));
    assertThat(subscription.written(written)).containsExactly(next);
    assertThat(subscription.toWrite()).isNull();
    assertThat(subscription.durable(7)).isCompleted();
  }

  @Test
  void whatCouldNotBeWrittenIsTriedAgain() {
    define("g", 0);
    subscription.claimedDelivered(5);
    assertThat(subscription.acknowledge(5)).isTrue();
    var durable = subscription.durable(5);
    assertThat(subscription.toWrite()).isNotNull();
    assertThat(subscription.failed()).containsExactly(durable);
    assertThat(subscription.toWrite()).isEqualTo(new SubscriptionProgress("g", 5, 5));
  }

  @Test
  void theLastClaimHolds() {
    subscription.claimed(new SubscriptionClaim("n", "one", false));
    subscription.claimed(new SubscriptionClaim("m", "two", false));
    subscription.claimed(new SubscriptionClaim("n", "one", true));
    assertThat(subscription.holds("two")).isTrue();
    subscription.claimed(new SubscriptionClaim("m", "two", true));
    assertThat(subscription.claim()).isNull();
  }

  private void define(String generation, long start) {
    var definition = new SubscriptionDefinition("mmm", EventFilter.EVERYTHING, "ann");
    subscription.defined(new SubscriptionRecord(definition, generation, start));
  }

  private void progress(String node, String generation, long acknowledged, long delivered) {
    subscription.progressed(node, new SubscriptionProgress(generation, acknowledged, delivered));
  }
}
