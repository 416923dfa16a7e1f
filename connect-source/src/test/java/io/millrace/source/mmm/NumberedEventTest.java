package io.millrace.source.mmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.mmm.EntityStatus;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberedEventTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The document's own. */
  private static ObjectNode event() throws IOException {
    return (ObjectNode)
        JSON.readTree(
            """
            {
              "id":1,
              "timestamp":"2021-05-25T09:03:23.730010Z",
              "entityId":"cd456b86-157f-4432-b5df-c5602d5b9af5",
              "entityType":"tableAttribute",
              "entityStatus":"UPDATED"
            }""");
  }

  @Test
  void theDocumentsEventIsRead() throws Exception {
    NumberedEvent read = NumberedEvent.read(event());
    assertThat(read.id()).isEqualTo(1);
    assertThat(read.event().entityType()).isEqualTo("tableAttribute");
    assertThat(read.event().entityStatus()).isEqualTo(EntityStatus.UPDATED);
    assertThat(read.event().timestamp()).hasToString("2021-05-25T09:03:23.730010Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2021-05-25T09:03:23,2021-05-25T09:03:23Z",
    "2021-05-25T11:03:23+02:00,2021-05-25T11:03:23+02:00"
  })
  void timesAreThoseOfXml(String written, String read) throws Exception {
    ObjectNode event = event().put("timestamp", written);
    assertThat(NumberedEvent.read(event).event().timestamp()).hasToString(read);
  }

  @Test
  void anIdMayBeAText() throws Exception {
    assertThat(NumberedEvent.read(event().put("id", "9007199254740993")).id())
        .isEqualTo(9_007_199_254_740_993L);
  }

  @ParameterizedTest
  @CsvSource({
    "id,0,an event has an id that is no number above zero",
    "id,'\"x\"',an event has an id that is no number above zero",
    "id,1.5,an event has an id that is no number above zero",
    "entityId,null,event 1 has a field entityId that is not a text",
    "entityType,'\"\"',event 1 has a field entityType that is not a text",
    "entityStatus,'\"MOVED\"','event 1 has a field entityStatus that is none of CREATED, UPDATED and DELETED'",
    "timestamp,'\"yesterday\"',event 1 has a field timestamp that is not a date and time"
  })
  void whatIsWrongIsNamed(String field, String value, String sentence) throws IOException {
    JsonNode event = event().set(field, JSON.readTree(value));
    assertThatThrownBy(() -> NumberedEvent.read(event))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage(sentence);
  }
}
