package io.millrace.source.des;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.source.push.JsonText;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LenientEventsTest {

  @Test
  void readsAnEventAsTheDocumentPrintsIt() throws Exception {
    CloudEvent event =
        read(
            """
            {"id":"1","time":"2026-01-31T10:00:00.123Z","source":"test.trisotech.com",
             "type":"DecisionServiceExecuted","specversion":"1.0.1","Ip":"192.0.2.7",
             "user":"ann@example.com","subject":null,"data":{"amount":1.50}}""");

    assertThat(event.getId()).isEqualTo("1");
    assertThat(event.getSpecVersion()).hasToString("1.0");
    assertThat(event.getSource()).hasToString("test.trisotech.com");
    assertThat(event.getTime()).isEqualTo(OffsetDateTime.parse("2026-01-31T10:00:00.123Z"));
    assertThat(event.getSubject()).isNull();
    assertThat(event.getExtension("ip")).isEqualTo("192.0.2.7");
    assertThat(event.getExtension("user")).isEqualTo("ann@example.com");
    assertThat(event.getDataContentType()).isEqualTo("application/json");
    assertThat(data(event)).isEqualTo("{\"amount\":1.50}");
  }

  @Test
  void prefersANameThatIsRightToOneThatIsPutRight() throws Exception {
    assertThat(read("{%s,\"ip\":\"a\",\"Ip\":\"b\"}").getExtension("ip")).isEqualTo("a");
    assertThat(read("{%s,\"Ip\":\"b\",\"ip\":\"a\"}").getExtension("ip")).isEqualTo("a");
  }

  @Test
  void keepsWhatExtensionsSayAndLeavesOutWhatCannotBeOne() throws Exception {
    CloudEvent event =
        read("{%s,\"level\":3,\"urgent\":true,\"many\":[1,2],\"my_name\":\"x\",\"none\":null}");

    assertThat(event.getExtension("level")).isEqualTo("3");
    assertThat(event.getExtension("urgent")).isEqualTo("true");
    assertThat(event.getExtension("many")).isEqualTo("[1,2]");
    assertThat(event.getExtensionNames()).containsExactlyInAnyOrder("level", "urgent", "many");
  }

  @Test
  void readsDataByItsContentType() throws Exception {
    assertThat(data(read("{%s,\"datacontenttype\":\"text/plain\",\"data\":\"plain\"}")))
        .isEqualTo("plain");
    assertThat(data(read("{%s,\"datacontenttype\":\"application/x+json\",\"data\":\"quoted\"}")))
        .isEqualTo("\"quoted\"");
    assertThat(data(read("{%s,\"data_base64\":\"YWI=\"}"))).isEqualTo("ab");
    assertThat(read("{%s}").getData()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1.0\"", "\"1.0.1\"", "\"1\"", "1.0", "null"})
  void takesEverySpecversionOne(String version) throws Exception {
    assertThat(read("{%s,\"specversion\":" + version + "}").getSpecVersion()).hasToString("1.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"id\":\"1\",\"source\":\"a\"} | an event has no type",
        "{\"id\":\"1\",\"type\":\"a\"} | an event has no source",
        "{\"id\":\"\",\"source\":\"a\",\"type\":\"a\"} | an event has no id",
        "{%s,\"specversion\":\"0.3\"} | an event's specversion is not 1.x",
        "{%s,\"time\":\"yesterday\"} | an event's time cannot be understood",
        "{%s,\"data_base64\":\"a\"} | an event's data_base64 is no Base64"
      })
  void refusesWhatIsNoEventWithoutQuotingIt(String text, String sentence) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessage(sentence)
        .hasNoCause();
  }

  private static CloudEvent read(String text) throws UnreadableEventException {
    String required = "\"id\":\"1\",\"source\":\"s\",\"type\":\"T\"";
    return LenientEvents.read(JsonText.object(text.replace("%s", required)));
  }

  private static String data(CloudEvent event) {
    return Optional.ofNullable(event.getData())
        .map(CloudEventData::toBytes)
        .map(bytes -> new String(bytes, UTF_8))
        .orElse("none");
  }
}
