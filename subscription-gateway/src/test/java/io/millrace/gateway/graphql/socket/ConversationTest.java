package io.millrace.gateway.graphql.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.auth.Authentication;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What holds for both protocols. */
class ConversationTest {

  private static String start(String id, String query) {
    return "{'type':'subscribe','id':'" + id + "','payload':{'query':'" + query + "'}}";
  }

  private final Talk talk = Talk.begun(new TransportProtocol());

  @Test
  void asksForTheNextResultWhenTheLastWasSent() {
    talk.socket.ready = false;
    talk.say(start("1", "subscription{endless(size:1)}"));
    assertThat(talk.numbers(0).requested).hasValue(1);
    assertThat(talk.numbers(0).published).hasValue(1);
    assertThat(talk.heard()).isEmpty();
  }

  @Test
  void letsOperationsTakeTurns() {
    talk.socket.ready = false;
    talk.say(start("1", "subscription{count(to:2)}")).say(start("2", "subscription{count(to:2)}"));
    talk.socket.ready = true;
    talk.conversation.drained();
    assertThat(talk.heard())
        .extracting(text -> text.substring(0, 9) + text.replaceAll("[^0-9]", ""))
        .containsExactly(
            "{'id':'1'11", "{'id':'2'21", "{'id':'1'12", "{'id':'1'1", "{'id':'2'22", "{'id':'2'2");
  }

  @Test
  void keepsAClientSilentThatHasEnoughToRead() {
    talk.socket.ready = false;
    talk.timers.pass();
    assertThat(talk.heard()).isEmpty();
  }

  @Test
  void refusesMoreOperationsThanAllowed() {
    talk.socket.ready = false;
    for (String id : new String[] {"1", "2", "3", "4"}) {
      talk.say(start(id, "subscription{endless(size:1)}"));
    }
    assertThat(talk.heard())
        .containsExactly(
            "{'id':'4','type':'error','payload':[{'message':'More than 3 operations at a time',"
                + "'extensions':{'code':'LIMIT_EXCEEDED'}}]}");
    talk.say("{'type':'complete','id':'1'}").say(start("4", "{me}"));
    talk.socket.ready = true;
    talk.say("{'type':'complete','id':'2'}").say("{'type':'complete','id':'3'}");
    talk.conversation.drained();
    assertThat(talk.heard()).hasSize(2);
  }

  @Test
  void endsEverythingWithTheClient() {
    talk.socket.ready = false;
    talk.say(start("1", "subscription{endless(size:1)}")).say(start("2", "{later}"));
    talk.conversation.closed(1006, "");
    assertThat(talk.numbers(0).cancelled).isTrue();
    talk.graphQl.later.complete("too late");
    talk.socket.ready = true;
    talk.conversation.drained();
    assertThat(talk.heard()).isEmpty();
    assertThat(talk.timers.waiting()).isZero();
  }

  @Test
  void sendsAClientAwayWhoseCredentialsNoLongerHold() {
    talk.check =
        CompletableFuture.completedFuture(
            new Authentication.Refused(Authentication.Reason.EXPIRED, "it has expired"));
    for (int beat = 0; beat < 3; beat++) {
      talk.timers.pass();
    }
    assertThat(talk.closed()).isNull();
    talk.timers.pass();
    assertThat(talk.closed()).startsWith("4403");
  }

  @Test
  void keepsAClientWhoseCredentialsCannotBeCheckedNow() {
    talk.check =
        CompletableFuture.completedFuture(
            new Authentication.Refused(Authentication.Reason.UNAVAILABLE, "too much to do"));
    for (int beat = 0; beat < 8; beat++) {
      talk.timers.pass();
    }
    assertThat(talk.closed()).isNull();
  }
}
