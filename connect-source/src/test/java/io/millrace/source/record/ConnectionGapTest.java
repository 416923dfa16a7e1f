package io.millrace.source.record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionGapTest {

  private static final Instant FROM = Instant.parse("2026-01-31T10:00:00Z");
  private static final URI SOURCE = URI.create("wss://vendor.example.com/events");

  @Test
  void tellsFromWhenToWhenEventsMayBeMissing() {
    ConnectionGap gap = new ConnectionGap(SOURCE, "des", FROM, FROM.plusSeconds(5));
    CloudEvent event = gap.event();
    assertThat(event.getType()).isEqualTo("io.millrace.source.connection.gap");
    assertThat(event.getSubject()).isEqualTo("des");
    assertThat(event.getSource()).isEqualTo(SOURCE);
    assertThat(new String(Objects.requireNonNull(event.getData()).toBytes(), UTF_8))
        .isEqualTo("{\"from\":\"2026-01-31T10:00:00Z\",\"to\":\"2026-01-31T10:00:05Z\"}");
    assertThat(gap.event().getId()).isEqualTo(event.getId());
  }

  @Test
  void doesNotEndBeforeItBegins() {
    assertThatThrownBy(() -> new ConnectionGap(SOURCE, "des", FROM, FROM.minusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "}", "a{B}", "{a}}", "{a b}"})
  void refusesTemplatesThatAreNone(String text) {
    assertThatThrownBy(() -> new AttributeTemplate(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
