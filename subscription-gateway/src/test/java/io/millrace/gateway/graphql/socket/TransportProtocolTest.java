package io.millrace.gateway.graphql.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.auth.Authentication;
import io.millrace.gateway.auth.Authentication.Reason;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportProtocolTest {

  private static final Protocol PROTOCOL = new TransportProtocol();
  private static final String QUERY = "{'type':'subscribe','id':'1','payload':{'query':'{me}'}}";
  private static final String ENDLESS =
      "{'type':'subscribe','id':'1','payload':{'query':'subscription{endless(size:1)}'}}";

  @Test
  void acknowledgesTheRightCredentialsAndPingsFromThenOn() {
    Talk talk = new Talk(PROTOCOL, null);
    talk.say("{'type':'connection_init','payload':{'Authorization':'" + TestServer.ADA + "'}}");
    assertThat(talk.heard()).containsExactly("{'type':'connection_ack'}");
    talk.timers.pass();
    assertThat(talk.heard()).containsExactly("{'type':'ping'}");
    talk.say("{'type':'pong'}").say("{'type':'pong','payload':{'a':1}}");
    assertThat(talk.heard()).isEmpty();
    assertThat(talk.closed()).isNull();
  }

  @Test
  void answersPingsAtAnyTimeWithWhatTheyCarry() {
    Talk talk = new Talk(PROTOCOL, null);
    talk.say("{'type':'ping'}").say("{'type':'ping','payload':{'a':[1]}}");
    talk.say("{'type':'ping','payload':null}");
    assertThat(talk.heard())
        .containsExactly(
            "{'type':'pong'}", "{'type':'pong','payload':{'a':[1]}}", "{'type':'pong'}");
  }

  @Test
  void closesWhoIsRefusedWith4403() {
    Talk talk = new Talk(PROTOCOL, null).say("{'type':'connection_init'}");
    assertThat(talk.closed()).isEqualTo("4403 Forbidden: Authorization is missing");
    assertThat(talk.heard()).isEmpty();
  }

  @Test
  void sendsAwayWhoCannotBeCheckedNowWith1013() {
    Talk talk = new Talk(PROTOCOL, TestServer.ADA);
    talk.check =
        CompletableFuture.completedFuture(
            new Authentication.Refused(Reason.UNAVAILABLE, "too many sign-ins at once"));
    assertThat(talk.say("{'type':'connection_init'}").closed()).startsWith("1013 Try again later");
  }

  @Test
  void closesWhoDoesNotBeginWith4408() {
    Talk talk = new Talk(PROTOCOL, TestServer.ADA).say("{'type':'ping'}");
    talk.timers.pass();
    assertThat(talk.closed()).isEqualTo("4408 Connection initialisation timeout");
  }

  @Test
  void leavesWhoBeganInTime() {
    Talk talk = Talk.begun(PROTOCOL);
    talk.timers.pass();
    assertThat(talk.closed()).isNull();
  }

  @Test
  void closesASecondBeginningWith4429() {
    assertThat(Talk.begun(PROTOCOL).say("{'type':'connection_init'}").closed())
        .isEqualTo("4429 Too many initialisation requests");
  }

  @Test
  void closesASecondBeginningWhileTheFirstIsCheckedToo() {
    Talk talk = new Talk(PROTOCOL, TestServer.ADA);
    talk.check = new CompletableFuture<>();
    talk.say("{'type':'connection_init'}").say("{'type':'connection_init'}");
    assertThat(talk.closed()).startsWith("4429");
  }

  @Test
  void closesAnOperationBeforeTheBeginningWith4401() {
    assertThat(new Talk(PROTOCOL, TestServer.ADA).say(QUERY).closed())
        .isEqualTo("4401 Unauthorized");
  }

  @Test
  void closesAnOperationBeforeTheAcknowledgementWith4401() {
    Talk talk = new Talk(PROTOCOL, TestServer.ADA);
    talk.check = new CompletableFuture<>();
    assertThat(talk.say("{'type':'connection_init'}").say(QUERY).closed())
        .isEqualTo("4401 Unauthorized");
  }

  @Test
  void answersAQueryWithNextAndComplete() {
    assertThat(Talk.begun(PROTOCOL).say(QUERY).heard())
        .containsExactly(
            "{'id':'1','type':'next','payload':{'data':{'me':'ada'}}}",
            "{'id':'1','type':'complete'}");
  }

  @Test
  void answersAResolversErrorWithNext() {
    Talk talk =
        Talk.begun(PROTOCOL).say("{'type':'subscribe','id':'1','payload':{'query':'{nothing}'}}");
    assertThat(talk.heard())
        .satisfiesExactly(
            next -> assertThat(next).startsWith("{'id':'1','type':'next','payload':{'errors':[{"),
            end -> assertThat(end).isEqualTo("{'id':'1','type':'complete'}"));
  }

  @Test
  void tellsWhatIsInvalidByAListOfErrorsAndNoMore() {
    Talk talk =
        Talk.begun(PROTOCOL).say("{'type':'subscribe','id':'1','payload':{'query':'{nope nada}'}}");
    assertThat(talk.heard())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("{'id':'1','type':'error','payload':[{'message'");
  }

  @Test
  void publishesUntilTheEndAndForgetsTheId() {
    String count = "{'type':'subscribe','id':'1','payload':{'query':'subscription{count(to:2)}'}}";
    Talk talk = Talk.begun(PROTOCOL).say(count);
    assertThat(talk.heard())
        .containsExactly(
            "{'id':'1','type':'next','payload':{'data':{'count':1}}}",
            "{'id':'1','type':'next','payload':{'data':{'count':2}}}",
            "{'id':'1','type':'complete'}");
    talk.say("{'type':'complete','id':'1'}").say(count);
    assertThat(talk.heard()).hasSize(3);
    assertThat(talk.closed()).isNull();
  }

  @Test
  void closesADuplicateIdWith4409() {
    Talk talk = Talk.begun(PROTOCOL);
    talk.socket.ready = false;
    assertThat(talk.say(ENDLESS).say(QUERY).closed())
        .isEqualTo("4409 Subscriber for 1 already exists");
  }

  @Test
  void sendsNothingOfWhatTheClientHasCompleted() {
    Talk talk = Talk.begun(PROTOCOL);
    talk.say("{'type':'subscribe','id':'1','payload':{'query':'{later}'}}");
    talk.say("{'type':'complete','id':'1'}").say(QUERY).heard();
    talk.graphQl.later.complete("too late");
    assertThat(talk.heard()).isEmpty();
  }

  @Test
  void cancelsWhatTheClientCompletes() {
    Talk talk = Talk.begun(PROTOCOL);
    talk.socket.ready = false;
    talk.say(ENDLESS).say("{'type':'complete','id':'1'}");
    assertThat(talk.numbers(0).cancelled).isTrue();
    talk.socket.ready = true;
    talk.conversation.drained();
    assertThat(talk.heard()).isEmpty();
  }

  @Test
  void tellsWhyAPublisherHasFailed() {
    Talk talk =
        Talk.begun(PROTOCOL)
            .say("{'type':'subscribe','id':'1','payload':{'query':'subscription{takenOver}'}}");
    assertThat(talk.heard())
        .containsExactly(
            "{'id':'1','type':'next','payload':{'data':{'takenOver':1}}}",
            "{'id':'1','type':'error','payload':[{'message':'Somebody else has it',"
                + "'extensions':{'code':'CONFLICT'}}]}");
    assertThat(talk.say(QUERY).heard()).hasSize(2);
  }

  @Test
  void saysNothingInternalOfAPublisherThatIsBroken() {
    Talk talk =
        Talk.begun(PROTOCOL)
            .say("{'type':'subscribe','id':'1','payload':{'query':'subscription{broken}'}}");
    assertThat(talk.heard().get(1))
        .isEqualTo(
            "{'id':'1','type':'error','payload':[{'message':'Something went wrong in the gateway',"
                + "'extensions':{'code':'INTERNAL'}}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "",
        "7",
        "{}",
        "{'type':null}",
        "{'type':'start','id':'1'}",
        "{'type':'next','id':'1'}",
        "{'type':'connection_ack'}",
        "{'type':'connection_init','payload':[]}",
        "{'type':'ping','payload':'x'}",
        "{'type':'pong','payload':1}",
        "{'type':'subscribe','payload':{'query':'{me}'}}",
        "{'type':'subscribe','id':'','payload':{'query':'{me}'}}",
        "{'type':'subscribe','id':'1'}",
        "{'type':'subscribe','id':'1','payload':{'query':1}}",
        "{'type':'subscribe','id':'1','payload':{'query':'{me}','variables':'x'}}",
        "{'type':'subscribe','id':'1','payload':{'query':'{me}','extensions':[]}}",
        "{'type':'subscribe','id':'1','payload':{'query':'{me}','operationName':[]}}",
        "{'type':'complete'}"
      })
  void closesAnInvalidMessageWith4400(String text) {
    Talk talk = Talk.begun(PROTOCOL).say(text);
    assertThat(talk.closed()).startsWith("4400 Invalid message: ");
    assertThat(talk.heard()).isEmpty();
  }

  @Test
  void closesABinaryMessageWith4400() {
    Talk talk = Talk.begun(PROTOCOL);
    assertThat(talk.conversation.binary(java.nio.ByteBuffer.allocate(1))).isTrue();
    assertThat(talk.closed()).startsWith("4400");
  }
}
