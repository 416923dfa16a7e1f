package io.millrace.server.events.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.event.TopicPath;
import io.millrace.server.events.EventSubscriber;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {

  private final Subscriptions table = new Subscriptions();
  private final EventSubscriber parent = event -> {};
  private final EventSubscriber child = event -> {};

  @Test
  void aParentTakesInItsChildren() {
    table.subscribe("transaction", parent);
    table.subscribe("/transaction/credit", child);

    assertThat(of("transaction")).containsExactly(parent);
    assertThat(of("/transaction/credit")).containsExactly(parent, child);
    assertThat(of("transaction/credit/card")).containsExactly(parent, child);
    assertThat(of("transaction/debit")).containsExactly(parent);
    assertThat(of("transactions")).isEmpty();
  }

  @Test
  void overlappingSubscriptionsCountOnce() {
    table.subscribe("a", parent);
    table.subscribe("a", parent);
    table.subscribe("a/b", parent);

    assertThat(of("a/b")).containsExactly(parent);
  }

  @Test
  void endsASubscription() {
    table.subscribe("a", parent);
    table.subscribe("a", child);

    table.unsubscribe("/a", parent);
    table.unsubscribe("never", parent);

    assertThat(of("a")).containsExactly(child);
    table.unsubscribe("a", child);
    assertThat(table.isEmpty()).isTrue();
  }

  @Test
  void refusesWhatIsNoTopic() {
    assertThatThrownBy(() -> table.subscribe("a//b", parent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("topic is none: a level of a topic must not be empty");
  }

  @Test
  void refusesASubscriberThatIsNone() {
    assertThatThrownBy(() -> table.subscribe("a", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("subscriber must not be null");
  }

  private List<EventSubscriber> of(String topic) {
    return table.of(TopicPath.parse(topic));
  }
}
