package io.millrace.source.foundry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.event.UnreadableEventException;
import io.millrace.source.foundry.ServerMessage.Push;
import io.millrace.source.foundry.ServerMessage.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerMessageTest {

  @Test
  void readsAPushedEvent() throws Exception {
    ServerMessage read =
        ServerMessage.read(
            """
            {"code":620010,"eventId":"7f","topic":"/transaction/deposit","data":{"amount":1.50},
             "additionalMetadata":{"user":"voltmx"}}""");

    assertThat(read)
        .isInstanceOfSatisfying(
            Push.class,
            push -> {
              assertThat(push.eventId()).isEqualTo("7f");
              assertThat(push.event().topic()).isEqualTo("/transaction/deposit");
              assertThat(push.event().data()).hasToString("{\"amount\":1.50}");
              assertThat(push.event().metadata()).hasToString("{\"user\":\"voltmx\"}");
            });
  }

  @Test
  void readsAPushWithoutDataAndWithItsCodeAsText() throws Exception {
    ServerMessage read =
        ServerMessage.read("{\"code\":\"620010\",\"eventId\":12,\"topic\":\"a\",\"more\":1}");

    assertThat(read)
        .isInstanceOfSatisfying(
            Push.class,
            push -> {
              assertThat(push.eventId()).isEqualTo("12");
              assertThat(push.event().data().isNull()).isTrue();
              assertThat(push.event().metadata()).isNull();
            });
  }

  @Test
  void readsAReplyWithTheTopicsThatFailed() throws Exception {
    ServerMessage read =
        ServerMessage.read(
            """
            {"code":620003,"message":"Partly","successTopics":["a"],"failedTopics":["b","c"]}""");

    assertThat(read)
        .isInstanceOfSatisfying(
            Reply.class,
            reply -> {
              assertThat(reply.code()).isEqualTo(ReplyCode.PARTLY_SUBSCRIBED);
              assertThat(reply.message()).isEqualTo("Partly");
              assertThat(reply.failedTopics()).containsExactly("b", "c");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"code\":620010,\"topic\":\"a\",\"data\":1} | an event has no eventId",
        "{\"code\":620010,\"eventId\":\"1\",\"data\":1} | an event has no topic",
        "{\"code\":620010,\"eventId\":{},\"topic\":\"a\"} | an event has no eventId",
        "{\"message\":\"hello\"} | a message has no code",
        "[1] | a message is no JSON object",
        "{\"code\": | a message is no JSON, at line 1 column 9",
        "{} {} | a message is no JSON, at line 1 column 4",
        "'' | a message is no JSON object"
      })
  void refusesWhatIsNeitherWithoutQuotingIt(String text, String sentence) {
    assertThatThrownBy(() -> ServerMessage.read(text))
        .isInstanceOf(UnreadableEventException.class)
        .hasMessage(sentence)
        .hasNoCause();
  }
}
