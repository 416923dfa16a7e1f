package io.millrace.source.des;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.millrace.source.push.Conversation;
import io.millrace.source.push.Login;
import io.millrace.source.push.TestTalk;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DesConversationTest {

  private static final URI SERVER = URI.create("ws://127.0.0.1/events");

  private final TestTalk talk = new TestTalk(true);

  @Test
  void saysNothingBeforeTheSessionHasStarted() throws Exception {
    Conversation conversation = begin(null);
    assertThat(conversation.speak()).isEqualTo(Duration.ofMillis(500));
    talk.after(499);
    conversation.miss(0);
    talk.after(1);

    assertThat(talk.said).isEmpty();
    assertThatThrownBy(() -> conversation.miss(0))
        .isInstanceOf(IOException.class)
        .hasMessage("ws://127.0.0.1/events has sent no WebSessionStarted within 500 ms");
  }

  @Test
  void pingsWithinTheTimeoutThatItIsTold() throws Exception {
    Conversation conversation = begin(null);
    conversation.hear(started("0.01", null)); // 600 ms, of which 80 %

    assertThat(conversation.speak()).isEqualTo(Duration.ofMillis(480));
    talk.after(480);
    conversation.speak();
    assertThat(talk.said).containsExactly("{\"type\":\"ping\"}");
  }

  @Test
  void missesAPongAlsoWhenItPingsOften() throws Exception {
    Conversation conversation = begin(null);
    conversation.hear(started("0.0001", null)); // 6 ms
    for (int i = 0; i < 10; i++) {
      talk.after(29);
      conversation.speak();
      conversation.miss(0);
    }
    talk.after(29);

    assertThatThrownBy(() -> conversation.miss(0)).hasMessageContaining("has sent no pong");
    assertThatCode(() -> conversation.miss(talk.clock.get())).doesNotThrowAnyException();
    conversation.hear("{\"type\":\"pong\"}");
    assertThatCode(() -> conversation.miss(0)).doesNotThrowAnyException();
  }

  @Test
  void keepsItsOwnStartToItself() throws Exception {
    Conversation conversation = begin(null);
    conversation.hear(started("5", null));
    conversation.hear(started("5", null).replace("mine", "another"));

    assertThat(talk.ready).containsExactly(false);
    assertThat(talk.events).extracting(CloudEvent::getType).containsExactly("WebSessionStarted");
  }

  @Test
  void takesEventsThatComeBeforeTheStart() throws Exception {
    Conversation conversation = begin(null);
    conversation.hear(event("a", "T", null));

    assertThat(talk.events).hasSize(1);
  }

  @Test
  void hasNoPlaceWhereTheServerTellsNone() throws Exception {
    Conversation conversation = begin("s:0:4");
    conversation.hear(started("5", null));
    conversation.hear(event("a", "T", null));

    assertThat(talk.ready).containsExactly(false);
    assertThat(talk.places).containsExactly(null, null);
  }

  @Test
  void keepsTheHighestOfEachPlace() throws Exception {
    Conversation conversation = begin(null);
    conversation.hear(started("5", "s:0:4,t:0:9"));
    conversation.hear(event("a", "T", "s:0:6"));
    conversation.hear(event("b", "T", "s:0:5"));
    conversation.hear("{\"type\":\"pong\",\"data\":{\"position\":\"t:0:10,u:1:1\"}}");

    assertThat(talk.places)
        .containsExactly("s:0:4,t:0:9", "s:0:6,t:0:9", "s:0:6,t:0:9", "s:0:6,t:0:10,u:1:1");
    assertThat(talk.events.get(0).getExtension("streamposition")).isNull();
  }

  @Test
  void isCompleteAfterGoingOnFromItsPlace() throws Exception {
    Conversation conversation = begin("s:0:4");
    conversation.hear(started("5", "s:0:7,t:0:9"));

    assertThat(talk.ready).containsExactly(true);
    assertThat(talk.places).containsExactly("s:0:4,t:0:9");
  }

  @Test
  void forgetsPlacesThatTheServerDoesNotName() throws Exception {
    Conversation conversation = begin("old:0:3,s:0:4");
    conversation.hear(started("5", "s:0:7"));

    assertThat(talk.ready).containsExactly(true);
    assertThat(talk.places).containsExactly("s:0:4");
  }

  @Test
  void hearsThatTheServerHasLeftOutEvents() throws Exception {
    Conversation conversation = begin("s:0:4");
    conversation.hear(started("5", "s:0:4"));
    conversation.hear(event("g", "WebSessionGap", "s:0:8"));
    conversation.hear(event("g", "WebSessionGap", "s:0:9").replace("mine", "another"));
    conversation.hear(event("t", "WebSessionTerminate", null));

    assertThat(talk.missed).isEqualTo(1);
    assertThat(talk.places).containsExactly("s:0:4", "s:0:8", "s:0:9");
    assertThat(talk.events).hasSize(1);
  }

  private static String started(String minutes, String position) {
    return event("start", "WebSessionStarted", position)
        .replace("\"sessionId\"", "\"timeout\":" + minutes + ",\"sessionId\"");
  }

  private static String event(String id, String type, String position) {
    String place = position == null ? "" : "\"streamposition\":\"" + position + "\",";
    return """
        {"id":"%s",%s"source":"s","type":"%s","specversion":"1.0.1","data":{"sessionId":"mine"}}"""
        .formatted(id, place, type);
  }

  private Conversation begin(String after) {
    DesSettings settings =
        new DesSettings(
            SERVER,
            List.of(),
            Map.of(),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(30),
            Duration.ofMillis(290));
    return new DesConversation(settings, new Login(() -> null), after, talk, talk, talk.clock::get);
  }
}
