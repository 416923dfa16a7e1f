package io.millrace.server.events.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.server.events.EventData;
import io.millrace.server.events.EventStatus;
import io.millrace.server.events.ServicesManager;
import io.millrace.server.events.usecase.UseCase;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InMemoryEventBusTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final InMemoryEventBus bus = new InMemoryEventBus();
  private final List<EventData> got = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    bus.close();
  }

  @Test
  void runsTheUseCase() throws Exception {
    UseCase useCase = new UseCase(bus);
    useCase.subscribe();
    bus.start();

    useCase.order();
    bus.awaitQuiet(LIMIT);

    assertThat(useCase.successMail())
        .isEqualTo("Your order o-1 of kettle is on its way. Details: {\"total\":12.50}");
    assertThat(useCase.failureMail())
        .isEqualTo("We could not take your order t-1 of lamp. Details: {\"reason\":\"sold out\"}");
    assertThat(bus.deadEvents()).isEmpty();
  }

  @Test
  void anEventSaysForWhomItWasRaisedIfItIsTold() throws Exception {
    ServicesManager services = bus.forRequest("shop", Map.of("user", "ann", "level", 3));

    services.getEventNotifier().notify(new EventData("a", 1, services));
    services.getEventNotifier().notify(new EventData("a", 1));

    EventData told = bus.raised().get(0);
    assertThat(told.getAppId()).isEqualTo("shop");
    assertThat(told.getUserProfile()).isEqualTo(Map.of("user", "ann", "level", 3));
    assertThat(bus.raised().get(1).getAppId()).isNull();
    assertThat(bus.raised().get(1).getUserProfile()).isNull();
  }

  @Test
  void handsOverWhatJsonKeeps() throws Exception {
    bus.getEventManager().subscribe("a", got::add);
    bus.start();
    EventData event = new EventData("/a/b", Map.of("n", new BigDecimal("1.10"), "l", List.of(1)));
    event.setType("transaction");
    event.setKey("k");
    event.addAdditionalMetadata("none", null);

    assertThat(bus.getEventNotifier().notify(event).getStatus()).isEqualTo(EventStatus.COMPLETED);
    event.addAdditionalMetadata("later", "is not sent");
    bus.awaitQuiet(LIMIT);

    EventData read = got.get(0);
    assertThat(read).isNotSameAs(event);
    assertThat(read.getId()).isEqualTo(event.getId());
    assertThat(read.getTopic()).isEqualTo("/a/b");
    assertThat(read.getData()).isEqualTo(Map.of("n", new BigDecimal("1.10"), "l", List.of(1)));
    assertThat(read.getType()).isEqualTo("transaction");
    assertThat(read.getKey()).isEqualTo("k");
    assertThat(read.getTimestamp()).isEqualTo(event.getTimestamp());
    assertThat(read.getProducer()).isEqualTo("in-memory");
    assertThat(read.getAdditionalMetadata()).containsOnlyKeys("none");
  }

  @Test
  void triesAgainOnlyWhoFailed() throws Exception {
    AtomicInteger good = new AtomicInteger();
    AtomicInteger bad = new AtomicInteger();
    bus.getEventManager().subscribe("a", event -> good.incrementAndGet());
    bus.getEventManager()
        .subscribe(
            "a",
            event -> {
              if (bad.incrementAndGet() < 3) {
                throw new IllegalStateException("not yet");
              }
            });
    bus.start();

    bus.getEventNotifier().notify("a", 1);
    bus.awaitQuiet(LIMIT);

    assertThat(good).hasValue(1);
    assertThat(bad).hasValue(3);
    assertThat(bus.deadEvents()).isEmpty();
    assertThat(bus.counts().attemptsFailed()).isEqualTo(2);
  }

  @Test
  void showsWhatWasGivenUp() throws Exception {
    bus.getBroadcastManager()
        .subscribe(
            "a",
            event -> {
              throw new IllegalStateException("never");
            });
    bus.start();

    bus.getEventNotifier().notify("a", null);
    bus.awaitQuiet(LIMIT);

    assertThat(bus.deadEvents()).hasSize(1);
    assertThat(bus.deadEvents().get(0).reason())
        .contains("failed 5 times: IllegalStateException: never");
  }

  @Test
  void countsWhatWasHandledAsTheOneOnKafkaDoes() throws Exception {
    bus.getEventManager().subscribe("a", got::add);
    bus.start();

    bus.getEventNotifier().notify("a", 1);
    bus.getEventNotifier().notify("nobody/wants/this", 1);
    bus.publish(
        CloudEventBuilder.v1().withId("1").withSource(URI.create("x")).withType("t").build());
    bus.awaitQuiet(LIMIT);

    assertThat(bus.counts().handled()).isOne();
    assertThat(bus.counts().unreadable()).isOne();
    assertThat(bus.raised()).hasSize(2);
  }

  @Test
  void isNeverQuietBeforeItIsStarted() {
    assertThatThrownBy(() -> bus.awaitQuiet(LIMIT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the event bus was not started");
  }

  @Test
  void raisesNothingOnceItIsClosed() {
    bus.close();

    assertThat(bus.getEventNotifier().notify("a", 1).getStatus()).isEqualTo(EventStatus.FAILED);
    assertThat(bus.raised()).isEmpty();
    assertThat(bus.counts().failed()).isOne();
  }

  @Test
  void refusesWhatCannotBeWritten() {
    assertThatThrownBy(() -> bus.getEventNotifier().notify("a", new Object()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data cannot be written as JSON");
    assertThatThrownBy(() -> bus.getEventNotifier().notify("", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("topic is none: a topic needs at least one level");
  }
}
