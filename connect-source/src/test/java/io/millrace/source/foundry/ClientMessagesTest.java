package io.millrace.source.foundry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClientMessagesTest {

  @Test
  void subscribesInTheDocumentsShape() {
    assertThat(ClientMessages.flatSubscribe(List.of("transaction/deposit", "a\"b")))
        .isEqualTo("{\"subscribe\":[\"transaction/deposit\",\"a\\\"b\"]}");
  }

  @Test
  void subscribesInTheShapeOfTheClientSdk() {
    assertThat(
            ClientMessages.nestedSubscribe(
                "X-Voltmx-Authorization", "t", "u", "private", List.of("a/b")))
        .isEqualTo(
            "{\"subscribe\":{\"X-Voltmx-Authorization\":\"t\",\"clientUUID\":\"u\","
                + "\"topics\":{\"private\":[\"a/b\"]}}}");
  }

  @Test
  void acknowledgesOneEvent() {
    assertThat(ClientMessages.acknowledge("7f")).isEqualTo("{\"ack\":{\"eventId\":\"7f\"}}");
  }
}
