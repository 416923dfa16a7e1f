package io.millrace.gateway.foundry.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.foundry.socket.Command.Acknowledge;
import io.millrace.gateway.foundry.socket.Command.Publish;
import io.millrace.gateway.foundry.socket.Command.Subscribe;
import io.millrace.gateway.foundry.socket.Command.Unreadable;
import io.millrace.gateway.foundry.socket.Command.Unsubscribe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

  private static Request one(String message) {
    List<Request> requests = MessageReader.read(message);
    assertThat(requests).hasSize(1);
    return requests.get(0);
  }

  private static WantedTopic topic(String written, Kind kind) {
    return new WantedTopic(written, kind);
  }

  @Test
  void readsTheShapeOfTheDocument() {
    Request request = one("{\"subscribe\":[\"transaction/deposit\",\"/transaction/withdraw\"]}");

    assertThat(request.token()).isNull();
    assertThat(request.clientUuid()).isNull();
    assertThat(request.command())
        .isEqualTo(
            new Subscribe(
                List.of(topic("transaction/deposit", null), topic("/transaction/withdraw", null))));
  }

  @Test
  void readsTheShapeOfTheSdk() {
    Request request =
        one(
            """
            {"subscribe":{"X-Voltmx-Authorization":"secret","clientUUID":"c-1",
                          "topics":{"private":["a/b"],"PUBLIC":["c"]}}}
            """);

    assertThat(request.token()).isEqualTo("secret");
    assertThat(request.clientUuid()).isEqualTo("c-1");
    assertThat(request.command())
        .isEqualTo(new Subscribe(List.of(topic("a/b", Kind.PRIVATE), topic("c", Kind.PUBLIC))));
    assertThat(request).asString().doesNotContain("secret");
  }

  @Test
  void readsTopicsWithoutAKindWithinTheNestedShape() {
    assertThat(one("{\"unsubscribe\":{\"topics\":[\"a\"]}}").command())
        .isEqualTo(new Unsubscribe(List.of(topic("a", null))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"x-kony-authorization\":\"t\",\"clientuuid\":\"c\",\"subscribe\":[\"a\"]}",
        "{\"subscribe\":{\"X-Kony-Authorization\":\"t\",\"clientUUID\":\"c\",\"topics\":[\"a\"]}}",
      })
  void findsTheTokenWithinAKeyOrBesideIt(String message) {
    assertThat(one(message).token()).isEqualTo("t");
    assertThat(one(message).clientUuid()).isEqualTo("c");
  }

  @Test
  void aTokenThatIsNoTextIsAWrongOneAndNotNone() {
    assertThat(one("{\"subscribe\":{\"X-VoltMX-Authorization\":7,\"topics\":[\"a\"]}}").token())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"subscribe\":[\"a\"],\"events\":[{\"topic\":\"a\",\"data\":1}],\"unsubscribe\":[\"a\"],"
            + "\"ack\":{\"eventId\":\"e\"}}",
        "[{\"subscribe\":[\"a\"]},{\"events\":{\"events\":[{\"topic\":\"a\",\"data\":1}]}},"
            + "{\"unsubscribe\":[\"a\"],\"ack\":[{\"eventId\":\"e\"}],\"other\":1}]",
      })
  void readsSeveralKeysInTheirOrder(String message) {
    assertThat(MessageReader.read(message))
        .extracting(Request::command)
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Subscribe.class),
            second -> assertThat(((Publish) second).events().get(0).topic()).isEqualTo("a"),
            third -> assertThat(third).isInstanceOf(Unsubscribe.class),
            fourth -> assertThat(fourth).isEqualTo(new Acknowledge(List.of("e"))));
  }

  @Test
  void aKeyThatIsWrongSpoilsNoOther() {
    assertThat(MessageReader.read("{\"subscribe\":7,\"unsubscribe\":[\"a\"]}"))
        .extracting(Request::command)
        .containsExactly(
            new Unreadable(620014, "subscribe must be a list of topics"),
            new Unsubscribe(List.of(topic("a", null))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                | 620014 | body is no JSON: line 1, column 2",
        "7                                | 620014 | body must be a JSON object or array",
        "[]                               | 620014 | body must not be empty",
        "[7]                              | 620014 | body[0] must be a JSON object or array",
        "{}                               | 620012 | body has none of subscribe, unsubscribe",
        "[{\"other\":1}]                  | 620012 | body[0] has none of subscribe",
        "{\"subscribe\":[]}               | 620014 | subscribe must have at least one topic",
        "{\"subscribe\":null}             | 620014 | subscribe must be a list of topics",
        "{\"subscribe\":[\"a\",7]}        | 620014 | subscribe[1] must be a text",
        "{\"subscribe\":{}}               | 620012 | subscribe.topics is missing",
        "{\"subscribe\":{\"topics\":{}}}  | 620014 | subscribe.topics must have at least one topic",
        "{\"unsubscribe\":{\"topics\":{\"secret\":[],\"private\":7}}} | 620014"
            + " | unsubscribe.topics.secret is neither private nor public;"
            + " unsubscribe.topics.private must be a list of topics",
        "[{\"events\":[{\"topic\":7}]}]   | 620014"
            + " | body[0].events[0].topic must be a text; body[0].events[0].data is missing",
        "{\"events\":{}}                  | 620012 | events.events is missing",
        "{\"ack\":{}}                     | 620012 | ack.eventId is missing",
        "{\"ack\":[]}                     | 620012 | ack has no eventId",
        "{\"ack\":[{\"eventId\":7},\"x\"]} | 620014"
            + " | ack[0].eventId must be a text; ack[1] must be an object with an eventId",
      })
  void tellsAllThatIsWrong(String message, int code, String text) {
    assertThat(one(message).command())
        .isInstanceOfSatisfying(
            Unreadable.class,
            unreadable -> {
              assertThat(unreadable.code()).isEqualTo(code);
              assertThat(unreadable.message()).startsWith(text);
            });
  }
}
