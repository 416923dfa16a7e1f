package io.millrace.source.mmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two tables of messages. */
class SubprotocolTest {

  private static final ObjectNode OPERATION =
      JsonNodeFactory.instance.objectNode().put("query", "{a}");

  @Test
  void theNewerOneSaysItsOwnWords() {
    Subprotocol transport = Subprotocol.TRANSPORT;
    assertThat(transport.begin("1", OPERATION))
        .isEqualTo("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":\"{a}\"}}");
    assertThat(transport.end("1")).isEqualTo("{\"type\":\"complete\",\"id\":\"1\"}");
    assertThat(transport.ping()).isEqualTo("{\"type\":\"ping\"}");
  }

  @Test
  void theOlderOneSaysItsOwnWords() {
    Subprotocol legacy = Subprotocol.LEGACY;
    assertThat(legacy.begin("1", OPERATION))
        .isEqualTo("{\"type\":\"start\",\"id\":\"1\",\"payload\":{\"query\":\"{a}\"}}");
    assertThat(legacy.end("1")).isEqualTo("{\"type\":\"stop\",\"id\":\"1\"}");
    assertThat(legacy.ping()).isNull();
    assertThat(legacy.init(OPERATION))
        .isEqualTo("{\"type\":\"connection_init\",\"payload\":{\"query\":\"{a}\"}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "TRANSPORT | {'type':'connection_ack'} | Welcome[]",
        "TRANSPORT | {'type':'connection_ack','payload':{'a':1}} | Welcome[]",
        "TRANSPORT | {'type':'ping'} | Alive[answer={'type':'pong'}]",
        "TRANSPORT | {'type':'pong'} | Alive[answer=null]",
        "TRANSPORT | {'type':'next','id':'1','payload':{}} | Next[operation=1, result={}]",
        "TRANSPORT | {'type':'error','id':'1','payload':[]} | Failed[operation=1, errors=[]]",
        "TRANSPORT | {'type':'complete','id':'1'} | Completed[operation=1]",
        "LEGACY | {'type':'connection_ack'} | Welcome[]",
        "LEGACY | {'type':'ka'} | Alive[answer=null]",
        "LEGACY | {'type':'connection_error','payload':{}} | Refused[why={}]",
        "LEGACY | {'type':'data','id':'1','payload':{}} | Next[operation=1, result={}]",
        "LEGACY | {'type':'error','id':'1','payload':{}} | Failed[operation=1, errors={}]",
        "LEGACY | {'type':'complete','id':'1'} | Completed[operation=1]"
      })
  void eachReadsItsOwnTable(Subprotocol protocol, String text, String read) throws IOException {
    assertThat(protocol.read(text.replace('\'', '"'))).hasToString(read.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "TRANSPORT | {'type':'ka'}",
        "TRANSPORT | {'type':'data','id':'1','payload':{}}",
        "LEGACY | {'type':'ping'}",
        "LEGACY | {'type':'next','id':'1','payload':{}}",
        "LEGACY | {'type':1}",
        "LEGACY | []",
        "LEGACY | secret",
        "LEGACY | {'type':'data','id':1,'payload':{}}",
        "LEGACY | \"\""
      })
  void theOthersWordsAreRefusedAndNotQuoted(Subprotocol protocol, String text) {
    assertThatThrownBy(() -> protocol.read(text.replace('\'', '"')))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("MMM has sent a message")
        .hasMessageNotContaining("secret");
  }

  @Test
  void noNameMeansTheOlderOne() {
    assertThat(Subprotocol.chosen("")).isEqualTo(Subprotocol.LEGACY);
    assertThat(Subprotocol.chosen("graphql-ws")).isEqualTo(Subprotocol.LEGACY);
    assertThat(Subprotocol.chosen("graphql-transport-ws")).isEqualTo(Subprotocol.TRANSPORT);
  }
}
