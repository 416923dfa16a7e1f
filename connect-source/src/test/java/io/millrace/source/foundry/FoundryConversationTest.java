package io.millrace.source.foundry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.source.push.Conversation;
import io.millrace.source.push.Login;
import io.millrace.source.push.TestTalk;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundryConversationTest {

  private static final URI SERVER = URI.create("ws://127.0.0.1/services/ServerEvents/Stream");
  private static final String SUBSCRIBED = "{\"code\":620001}";
  private static final String PUSH = "{\"code\":620010,\"eventId\":\"%s\",\"topic\":\"a\"}";

  private final TestTalk talk = new TestTalk(true);

  @Test
  void subscribesFirstAndAcknowledgesOnlyWhenSubscribed() throws Exception {
    Conversation conversation = begin(true);
    conversation.speak();
    conversation.speak();
    assertThat(talk.said).containsExactly("{\"subscribe\":[\"a\"]}");

    conversation.hear(PUSH.formatted("early"));
    assertThat(talk.said).hasSize(1);

    conversation.hear(SUBSCRIBED);
    conversation.hear(PUSH.formatted("late"));
    assertThat(talk.ready).containsExactly(false);
    assertThat(talk.said)
        .endsWith(ClientMessages.acknowledge("early"), ClientMessages.acknowledge("late"));
  }

  @Test
  void pingsNowAndThen() {
    Conversation conversation = begin(true);
    assertThat(conversation.speak()).isEqualTo(Duration.ofMillis(500));
    talk.after(1_000);
    assertThat(conversation.speak()).isEqualTo(Duration.ofSeconds(1));
    assertThat(talk.pings).isEqualTo(1);
  }

  @Test
  void isNotAnsweredInTime() {
    Conversation conversation = begin(true);
    conversation.speak();
    talk.after(500);

    assertThatThrownBy(() -> conversation.miss(0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has not answered the subscription within 500 ms");
  }

  @Test
  void waitsForNoAnswerWhileItWasNotRead() {
    Conversation conversation = begin(true);
    conversation.speak();
    talk.after(500);

    assertThatCode(() -> conversation.miss(talk.clock.get() - 1)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "620002 | Foundry refuses all of topic.paths (620002 no): clients may subscribe only",
        "620003 | Foundry refuses the topics b, c (620003 no): clients may subscribe only",
        "620012 | Foundry does not understand the subscription (620012 no): try the other message",
        "620014 | Foundry does not understand the subscription (620014 no): try the other message",
        "620011 | ws://127.0.0.1/services/ServerEvents/Stream answers 620011: it wants credentials"
      })
  void needsAPersonWhenRefused(int code, String sentence) {
    Conversation conversation = begin(true);
    conversation.speak();

    assertThatThrownBy(() -> conversation.hear(reply(code)))
        .isInstanceOf(ConnectException.class)
        .hasMessageStartingWith(sentence);
  }

  @Test
  void triesAgainAfterAnAnswerThatItDoesNotKnow() {
    Conversation conversation = begin(true);
    conversation.speak();

    assertThatThrownBy(() -> conversation.hear(reply(500)))
        .isInstanceOf(IOException.class)
        .hasMessage("Foundry did not take the subscription (500 no)");
  }

  @Test
  void goesOnWithSomeTopicsIfTold() throws Exception {
    Conversation conversation = begin(false);
    conversation.speak();
    conversation.hear(reply(620003));

    assertThat(talk.ready).containsExactly(false);
  }

  @Test
  void goesOnAfterAReplyThatNobodyWaitsFor() throws Exception {
    Conversation conversation = begin(true);
    conversation.speak();
    conversation.hear(SUBSCRIBED);
    conversation.hear(reply(620014));
    conversation.hear(reply(620002));
    conversation.hear(PUSH.formatted("a"));

    assertThat(talk.events).hasSize(1);
  }

  @Test
  void tellsWhatItCannotUnderstand() throws Exception {
    Conversation conversation = begin(true);
    conversation.hear("{");
    conversation.hear("{\"code\":620010,\"eventId\":\"1\",\"topic\":\"a//b\"}");

    assertThat(talk.unreadable)
        .containsExactly(
            "a message is no JSON, at line 1 column 2", "an event's topic cannot be understood");
  }

  private static String reply(int code) {
    return "{\"code\":%d,\"message\":\"no\",\"failedTopics\":[\"b\",\"c\"]}".formatted(code);
  }

  private Conversation begin(boolean failWhenPartial) {
    FoundrySettings settings =
        new FoundrySettings(
            SERVER,
            "X-VoltMX-Authorization",
            "u",
            List.of("a"),
            MessageShape.DOCUMENT,
            "private",
            failWhenPartial,
            "T",
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(1));
    FoundryProtocol protocol =
        new FoundryProtocol(
            settings,
            new FoundryEvents(SERVER, "T", Clock.systemUTC()),
            new Login(() -> null),
            talk.clock::get);
    return protocol.begin(talk, talk);
  }
}
