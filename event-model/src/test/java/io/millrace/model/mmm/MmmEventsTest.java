package io.millrace.model.mmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.event.EventRecords;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class MmmEventsTest {

  private static final URI SOURCE = URI.create("/mmm");
  private static final MmmEvent EVENT =
      new MmmEvent(
          "cd456b86-157f-4432-b5df-c5602d5b9af5",
          "tableAttribute",
          "p1",
          EntityStatus.UPDATED,
          "ann",
          OffsetDateTime.parse("2021-05-25T09:03:23.730010Z"));

  @Test
  void whatIsWrittenIsRead() throws Exception {
    var record = EventRecords.write("topic", MmmEvents.write(EVENT, "17", SOURCE));
    CloudEvent read = EventRecords.read(record.headers(), record.value());
    assertThat(MmmEvents.read(read, 0)).isEqualTo(EVENT);
    assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo(EVENT.entityId());
  }

  @Test
  void anEventHasItsOwnTypeTopicAndSubject() {
    CloudEvent event = MmmEvents.write(EVENT, "17", SOURCE);
    assertThat(event.getType()).isEqualTo("mmm.entity.updated");
    assertThat(event.getSubject()).isEqualTo(EVENT.entityId());
    assertThat(event.getExtension("topicpath")).isEqualTo("mmm/tableAttribute");
  }

  @Test
  void aTypeThatIsNoLevelOfATopicIsWrittenAllTheSame() {
    MmmEvent odd = new MmmEvent("e", "a/b\n", null, EntityStatus.CREATED, null, EVENT.timestamp());
    CloudEvent event = MmmEvents.write(odd, "1", SOURCE);
    assertThat(event.getExtension("topicpath")).isEqualTo("mmm");
    assertThat(MmmEvents.read(event, 0)).isEqualTo(odd);
  }

  @Test
  void withoutATimeTheLogsTimeCounts() {
    MmmEvent read =
        MmmEvents.read(of("{'entityId':'e','entityType':'t','entityStatus':'CREATED'}"), 1_500);
    assertThat(read).isNotNull();
    assertThat(read.timestamp()).isEqualTo(OffsetDateTime.parse("1970-01-01T00:00:01.500Z"));
    assertThat(read.user()).isNull();
    assertThat(read.parentId()).isNull();
  }

  @Test
  void halfACharacterIsReplaced() {
    MmmEvent read =
        MmmEvents.read(
            of("{'entityId':'e\\ud800','entityType':'\\ud83d\\ude00','entityStatus':'CREATED'}"),
            0);
    assertThat(read).isNotNull();
    assertThat(read.entityId()).isEqualTo("e?");
    assertThat(read.entityType()).isEqualTo("\uD83D\uDE00");
  }

  @Test
  void anEmptyOrEndlessFilterIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MmmFilter("", null, null, null, null))
        .withMessageContaining("entityId");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MmmFilter(null, null, "x".repeat(129), null, null))
        .withMessageContaining("parentId");
  }

  private static CloudEvent of(String data) {
    return CloudEventBuilder.v1()
        .withId("1")
        .withSource(SOURCE)
        .withType("any")
        .withData("application/json", data.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
