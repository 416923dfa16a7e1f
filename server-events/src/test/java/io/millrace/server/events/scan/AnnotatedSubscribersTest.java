package io.millrace.server.events.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.events.EventData;
import io.millrace.server.events.EventSubscriber;
import io.millrace.server.events.IntegrationEventSubscriber;
import io.millrace.server.events.memory.InMemoryEventBus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnotatedSubscribersTest {

  private static final List<String> GOT = Collections.synchronizedList(new ArrayList<>());

  private final InMemoryEventBus bus = new InMemoryEventBus();

  @AfterEach
  void close() {
    bus.close();
    GOT.clear();
  }

  @Test
  void findsMarkedClassesAndSubscribesEachTopic() throws Exception {
    List<EventSubscriber> made = new AnnotatedSubscribers().scan(bus, getClass().getPackageName());
    bus.start();

    bus.getEventNotifier().notify("scan/one/below", 1);
    bus.getEventNotifier().notify("scan/two", 2);
    bus.getEventNotifier().notify("scan/all", 3);
    bus.awaitQuiet(Duration.ofSeconds(60));

    assertThat(made).hasSize(2);
    assertThat(GOT).containsExactlyInAnyOrder("scan/one/below", "scan/two", "broadcast scan/all");
  }

  @Test
  void takesSubscribersFromElsewhere() {
    Marked bean = new Marked();

    List<EventSubscriber> made =
        new AnnotatedSubscribers(type -> bean).subscribe(bus, List.of(Marked.class));

    assertThat(made).containsExactly(bean);
  }

  @Test
  void namesEverythingThatIsWrong() {
    assertThatThrownBy(
            () ->
                new AnnotatedSubscribers()
                    .subscribe(bus, List.of(String.class, NoTopics.class, NoSubscriber.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("String is not marked")
        .hasMessageContaining("NoTopics names no topics")
        .hasMessageContaining("NoSubscriber is no EventSubscriber")
        .hasMessageContaining("topic 'a//b' is none");
  }

  @IntegrationEventSubscriber(topics = {"scan/one", "scan/two"})
  static class Marked implements EventSubscriber {
    @Override
    public void onEvent(EventData eventData) {
      GOT.add(eventData.getTopic());
    }
  }

  @IntegrationEventSubscriber(topics = "scan/all", broadcast = true)
  static class MarkedAsBroadcast implements EventSubscriber {
    private MarkedAsBroadcast() {}

    @Override
    public void onEvent(EventData eventData) {
      GOT.add("broadcast " + eventData.getTopic());
    }
  }

  @IntegrationEventSubscriber(topics = "scan")
  abstract static class MarkedButAbstract implements EventSubscriber {}
}

@IntegrationEventSubscriber(topics = {})
abstract class NoTopics implements EventSubscriber {}

@IntegrationEventSubscriber(topics = "a//b")
abstract class NoSubscriber {}
