package io.millrace.gateway.graphql.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import io.millrace.gateway.graphql.RenderedResult;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerMessageTest {

  @Test
  void writesAResult() {
    ExecutionResult result =
        ExecutionResult.newExecutionResult()
            .data(Map.of("grüße", List.of(1, 2.5, "\"x\"")))
            .build();
    assertThat(text(ServerMessage.result("a\"b", "next", result)))
        .isEqualTo(
            "{\"id\":\"a\\\"b\",\"type\":\"next\",\"payload\":"
                + "{\"data\":{\"grüße\":[1,2.5,\"\\\"x\\\"\"]}}}");
  }

  @Test
  void takesOverWhatIsRenderedAlready() {
    RenderedResult result = new RenderedResult(ByteBuffer.wrap("{ \"data\" : 1 }".getBytes(UTF_8)));
    for (int i = 0; i < 2; i++) {
      assertThat(text(ServerMessage.result("1", "data", result)))
          .isEqualTo("{\"id\":\"1\",\"type\":\"data\",\"payload\":{ \"data\" : 1 }}");
    }
  }

  private static String text(ByteBuffer utf8) {
    return UTF_8.decode(utf8).toString();
  }
}
