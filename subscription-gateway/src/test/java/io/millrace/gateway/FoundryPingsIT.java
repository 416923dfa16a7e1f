package io.millrace.gateway;

import static io.millrace.gateway.FoundryServer.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.NodeProject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of Foundry that do not do what is expected of them in time. */
class FoundryPingsIT {

  @Test
  void sendsAwayWhoDoesNotAnswerPingsOrShowsNoToken(@TempDir Path folder) throws Exception {
    NodeProject node = NodeProject.install(Path.of("src/test/node"), Path.of("target/node"));
    Map<String, String> settings =
        Map.of(
            "KONY_SERVER_EVENT_WEBSOCKET_PING_SCHEDULED_TIME_IN_SECONDS", "1",
            "foundry.socket.token.timeout.ms", "2000");
    Map<String, String> headers = Map.of("X-VoltMX-Authorization", SERVER);
    try (FoundryServer server = new FoundryServer(folder, settings);
        FoundryClient alive = FoundryClient.open(node, server.port(), SERVER, "", false);
        FoundryClient mute =
            FoundryClient.connect(
                node,
                server.port(),
                FoundryClient.PATH,
                Map.of("headers", headers, "autoPong", false));
        FoundryClient nobody =
            FoundryClient.connect(node, server.port(), FoundryClient.PATH, Map.of())) {
      assertThat(mute.awaitLine("C ")).isEqualTo("C 1008 has not answered 3 pings");
      assertThat(mute.count("P ")).isEqualTo(3);
      assertThat(nobody.awaitLine("C ")).isEqualTo("C 1008 has shown no token");
      assertThat(nobody.reply().path("code").intValue()).isEqualTo(620011);
      await().atMost(Duration.ofSeconds(60)).until(() -> alive.count("P ") >= 5);
      assertThat(alive.ask("{\"subscribe\":[\"shop\"]}").path("code").intValue()).isEqualTo(620001);
    }
  }
}
