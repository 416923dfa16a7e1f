package io.millrace.gateway.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fixtures.NodeProject;
import io.millrace.gateway.http.socket.RawClient.Frame;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompressionIT {

  private static final String OFFER =
      "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";

  private final Recorder echo =
      new Recorder() {
        @Override
        public void message(String text, Runnable taken) {
          socket().send(text);
          super.message(text, taken);
        }
      };
  private final SocketServer server =
      new SocketServer()
          .with(
              new SocketConfig(
                  100_000,
                  100_000,
                  Duration.ofSeconds(30),
                  Duration.ofSeconds(90),
                  Duration.ofSeconds(30),
                  true,
                  SocketLimits.NONE))
          .at("/s", echo);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void agreesToCompressEachMessageByItself() throws Exception {
    server.start();
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.handshake("/s", OFFER))
          .startsWith("HTTP/1.1 101 ")
          .containsPattern(
              "Sec-WebSocket-Extensions: permessage-deflate;.*server_no_context_takeover")
          .containsPattern(
              "Sec-WebSocket-Extensions: permessage-deflate;.*client_no_context_takeover");
    }
  }

  @Test
  void doesNotCompressForWhoDoesNotOfferIt() throws Exception {
    server.start();
    try (RawClient client = RawClient.open(server.port(), "/s")) {
      client.send(RawClient.TEXT, "aaaaaaaaaa");
      assertThat(client.read()).isEqualTo(new Frame(RawClient.TEXT, "aaaaaaaaaa"));
    }
  }

  /** Many messages of many sizes, and one that is too large only when it is unpacked. */
  @Test
  void understandsTheCompressionOfNode() throws Exception {
    server.start();
    NodeProject node = NodeProject.install(Path.of("src/test/node"), Path.of("target/node"));
    String url = "ws://127.0.0.1:" + server.port() + "/s";
    NodeProject.Result result = node.run(120, "compressed.js", List.of(url));
    assertThat(result.output().lines())
        .containsExactly(
            "permessage-deflate",
            "200 messages came back as they went, in less than a tenth of their size",
            "closed 1009 message is larger than 100000 bytes");
  }
}
