package io.millrace.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.event.UnreadableEventException;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventDataMappingTest {

  private static final URI PRODUCER = URI.create("shop");

  /** What Jackson writes of a class of the application's. */
  public record Order(String id, Instant placed) {}

  @Test
  void writesClassesOfTheApplicationAsJson() throws Exception {
    EventData event =
        new EventData("order", new Order("o-1", Instant.parse("2026-01-31T10:00:00Z")));

    EventData read = EventDataMapping.read(EventDataMapping.write(event, PRODUCER));

    assertThat(read.getData()).isEqualTo(Map.of("id", "o-1", "placed", "2026-01-31T10:00:00Z"));
  }

  @Test
  void keepsIdentity() throws Exception {
    EventBus bus = null;
    EventData event =
        new EventData(
            "order", null, new RequestServices(bus, "web", Map.of("user", "ann", "age", 30)));

    CloudEvent written = EventDataMapping.write(event, PRODUCER);
    EventData read = EventDataMapping.read(written);

    assertThat(written.getExtension("app")).isEqualTo("web");
    assertThat(written.getExtension("user")).isEqualTo("ann");
    assertThat(read.getAppId()).isEqualTo("web");
    assertThat(read.getUserProfile()).isEqualTo(Map.of("user", "ann", "age", 30));
    assertThat(read.getData()).isNull();
  }

  @Test
  void eachReaderHasACopyOfItsOwn() throws Exception {
    CloudEvent written = EventDataMapping.write(new EventData("a", List.of(1)), PRODUCER);

    EventData first = EventDataMapping.read(written);
    first.addAdditionalMetadata("mine", true);
    ((List<?>) first.getData()).clear();

    assertThat(EventDataMapping.read(written).getData()).isEqualTo(List.of(1));
    assertThat(EventDataMapping.read(written).getAdditionalMetadata()).isEmpty();
  }

  @Test
  void refusesWhatCannotBeWritten() {
    List<Object> endless = Arrays.asList(new Object[1]);
    endless.set(0, endless);
    EventData event = new EventData("a", 1);
    event.addAdditionalMetadata("loop", new Object());

    assertThatThrownBy(() -> EventDataMapping.write(event, PRODUCER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("additionalMetadata cannot be written as JSON");
    assertThatThrownBy(() -> EventDataMapping.write(new EventData("a", endless), PRODUCER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data cannot be written as JSON");
  }

  @Test
  void refusesWhatIsNestedTooDeepToBeReadAgain() {
    Object deep = "x";
    for (int i = 0; i < 1_001; i++) {
      deep = List.of(deep);
    }
    EventData event = new EventData("a", deep);

    assertThatThrownBy(() -> EventDataMapping.write(event, PRODUCER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("data cannot be written as JSON");
  }

  @Test
  void needsATopic() {
    assertThatThrownBy(() -> new EventData(null, 1))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("topic must not be null");
  }

  @Test
  void refusesAnEventWithoutType() {
    CloudEvent event =
        CloudEventBuilder.v1(EventDataMapping.write(new EventData("a", 1), PRODUCER))
            .withType("")
            .build();

    assertThatThrownBy(() -> EventDataMapping.read(event))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessage("type is empty");
  }

  @Test
  void refusesAProfileThatIsNoObject() {
    CloudEvent event =
        CloudEventBuilder.v1(EventDataMapping.write(new EventData("a", 1), PRODUCER))
            .withExtension("userprofile", "[")
            .build();

    assertThatThrownBy(() -> EventDataMapping.read(event))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessage("userprofile is no JSON object");
  }
}
