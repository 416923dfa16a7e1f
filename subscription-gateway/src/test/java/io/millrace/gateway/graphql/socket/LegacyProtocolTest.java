package io.millrace.gateway.graphql.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.auth.Authentication;
import io.millrace.gateway.auth.Authentication.Reason;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyProtocolTest {

  private static final Protocol PROTOCOL = new LegacyProtocol();
  private static final String KA = "{'type':'ka'}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'authorization':'%s'}",
        "{'Authorization':'%s'}",
        "{'AUTHORIZATION':'%s','other':1}",
        "{'headers':{'Authorization':'%s'}}",
        "{'authorization':null,'headers':{'authorization':'%s'}}"
      })
  void acknowledgesTheRightCredentialsAndKeepsAliveFromThenOn(String payload) {
    Talk talk = new Talk(PROTOCOL, null);
    talk.say("{'type':'connection_init','payload':" + payload.formatted(TestServer.ADA) + "}");
    assertThat(talk.heard()).containsExactly("{'type':'connection_ack'}", KA);
    talk.timers.pass();
    talk.timers.pass();
    assertThat(talk.heard()).containsExactly(KA, KA);
    assertThat(talk.closed()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|Authorization is missing",
        "{'authorization':'Bearer x'}|payload.authorization was refused: the credentials are wrong",
        "{'authorization':17}|payload.authorization holds neither Basic nor Bearer credentials"
      })
  void tellsARefusedClientAndClosesIt(String payload, String reason) {
    Talk talk = new Talk(PROTOCOL, null);
    talk.say("{'type':'connection_init','payload':" + payload + "}");
    assertThat(talk.heard())
        .containsExactly("{'type':'connection_error','payload':{'message':'" + reason + "'}}");
    assertThat(talk.closed()).isEqualTo("1011 " + reason);
  }

  @Test
  void readsOnOnlyWhenCredentialsAreChecked() {
    Talk talk = new Talk(PROTOCOL, TestServer.ADA);
    talk.check = new CompletableFuture<>();
    talk.say("{'type':'connection_init'}");
    assertThat(talk.taken).isZero();
    talk.check.complete(new Authentication.Refused(Reason.WRONG, "no"));
    assertThat(talk.taken).isEqualTo(1);
    assertThat(talk.closed()).isEqualTo("1011 Authorization was refused: no");
  }

  @Test
  void closesWhoDoesNotBegin() {
    Talk talk = new Talk(PROTOCOL, TestServer.ADA);
    talk.timers.pass();
    assertThat(talk.heard()).hasSize(1).first().asString().contains("'connection_error'");
    assertThat(talk.closed()).isEqualTo("1011 connection_init has not come in time");
  }

  @Test
  void answersASecondBeginningWithAnError() {
    Talk talk = Talk.begun(PROTOCOL).say("{'type':'connection_init'}");
    assertThat(talk.heard())
        .containsExactly(
            "{'type':'connection_error','payload':{'message':'connection_init has come before'}}");
    assertThat(talk.closed()).isNull();
  }

  @Test
  void startsNothingBeforeTheBeginning() {
    Talk talk = new Talk(PROTOCOL, TestServer.ADA);
    talk.say("{'type':'start','id':'1','payload':{'query':'{me}'}}");
    assertThat(talk.heard())
        .containsExactly(
            "{'id':'1','type':'error','payload':{'message':'connection_init must come first',"
                + "'extensions':{'code':'BAD_USER_INPUT'}}}");
  }

  @Test
  void answersQueriesAndMutations() {
    Talk talk = Talk.begun(PROTOCOL);
    talk.say("{'type':'start','id':'1','payload':{'query':'{me}'}}");
    talk.say(
        "{'type':'start','id':'2','payload':{'query':'mutation m($n:Int!){add(n:$n)} {me}',"
            + "'operationName':'m','variables':{'n':4}}}");
    assertThat(talk.heard().get(0))
        .isEqualTo("{'id':'1','type':'data','payload':{'data':{'me':'ada'}}}");
  }

  @Test
  void endsAQueryWithComplete() {
    Talk talk = Talk.begun(PROTOCOL);
    talk.say(
        "{'type':'start','id':'2','payload':{'query':'mutation m($n:Int!){add(n:$n)}',"
            + "'operationName':'m','variables':{'n':4},'extensions':null}}");
    assertThat(talk.heard())
        .containsExactly(
            "{'id':'2','type':'data','payload':{'data':{'add':4}}}",
            "{'id':'2','type':'complete'}");
  }

  @Test
  void tellsWhatIsInvalidAsDataAndCompletes() {
    Talk talk = Talk.begun(PROTOCOL).say("{'type':'start','id':'1','payload':{'query':'{nope}'}}");
    assertThat(talk.heard())
        .satisfiesExactly(
            data -> assertThat(data).startsWith("{'id':'1','type':'data','payload':{'errors':[{'m"),
            end -> assertThat(end).isEqualTo("{'id':'1','type':'complete'}"));
  }

  @Test
  void publishesUntilTheEnd() {
    Talk talk =
        Talk.begun(PROTOCOL)
            .say("{'type':'start','id':'1','payload':{'query':'subscription{count(to:2)}'}}");
    assertThat(talk.heard())
        .containsExactly(
            "{'id':'1','type':'data','payload':{'data':{'count':1}}}",
            "{'id':'1','type':'data','payload':{'data':{'count':2}}}",
            "{'id':'1','type':'complete'}");
  }

  @Test
  void stopsAndSaysSo() {
    Talk talk = blocked("1");
    talk.say("{'type':'stop','id':'1'}").say("{'type':'stop','id':'1'}");
    assertThat(talk.numbers(0).cancelled).isTrue();
    assertThat(talk.heard()).containsExactly("{'id':'1','type':'complete'}");
  }

  @Test
  void replacesAnOperationOfTheSameId() {
    Talk talk = blocked("1");
    talk.say("{'type':'start','id':'1','payload':{'query':'subscription{count(to:1)}'}}");
    assertThat(talk.numbers(0).cancelled).isTrue();
    talk.socket.ready = true;
    talk.conversation.drained();
    assertThat(talk.heard())
        .containsExactly(
            "{'id':'1','type':'data','payload':{'data':{'count':1}}}",
            "{'id':'1','type':'complete'}");
  }

  @Test
  void tellsWhyAPublisherHasFailedAndGoesOn() {
    Talk talk =
        Talk.begun(PROTOCOL)
            .say("{'type':'start','id':'1','payload':{'query':'subscription{takenOver}'}}");
    assertThat(talk.heard())
        .containsExactly(
            "{'id':'1','type':'data','payload':{'data':{'takenOver':1}}}",
            "{'id':'1','type':'error','payload':{'message':'Somebody else has it',"
                + "'extensions':{'code':'CONFLICT'}}}");
    talk.say("{'type':'start','id':'1','payload':{'query':'{me}'}}");
    assertThat(talk.heard()).hasSize(2);
  }

  @Test
  void closesAtTheClientsWish() {
    assertThat(Talk.begun(PROTOCOL).say("{'type':'connection_terminate'}").closed())
        .startsWith("1000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no json",
        "[]",
        "{}",
        "{'type':1}",
        "{'type':'start','payload':{'query':'{me}'}}",
        "{'type':'stop','id':7}",
        "{'type':'ka'} {}"
      })
  void answersWhatCannotBeReadWithConnectionError(String text) {
    Talk talk = Talk.begun(PROTOCOL).say(text);
    assertThat(talk.heard()).hasSize(1).first().asString().startsWith("{'type':'connection_error'");
    assertThat(talk.closed()).isNull();
  }

  @Test
  void answersBinaryMessagesWithConnectionError() {
    Talk talk = Talk.begun(PROTOCOL);
    assertThat(talk.conversation.binary(java.nio.ByteBuffer.allocate(1))).isTrue();
    assertThat(talk.heard())
        .containsExactly("{'type':'connection_error','payload':{'message':'It is binary'}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'subscribe','id':'1'}|Invalid message type",
        "{'type':'start','id':'1'}|payload must be an object",
        "{'type':'start','id':'1','payload':{}}|payload.query must be a text",
        "{'type':'start','id':'1','payload':{'query':{}}}|payload.query must be a text",
        "{'type':'start','id':'1','payload':{'query':'','variables':[]}}"
            + "|payload.variables must be an object",
        "{'type':'start','id':'1','payload':{'query':'','operationName':1}}"
            + "|payload.operationName must be a text"
      })
  void answersWhatIsWrongWithAnOperationUnderItsId(String text, String message) {
    Talk talk = Talk.begun(PROTOCOL).say(text);
    assertThat(talk.heard())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("{'id':'1','type':'error','payload':{'message':'" + message + "'");
    assertThat(talk.closed()).isNull();
  }

  /** A client that runs an endless subscription and takes nothing. */
  private static Talk blocked(String id) {
    Talk talk = Talk.begun(PROTOCOL);
    talk.socket.ready = false;
    talk.say(
        "{'type':'start','id':'" + id + "','payload':{'query':'subscription{endless(size:1)}'}}");
    return talk;
  }
}
