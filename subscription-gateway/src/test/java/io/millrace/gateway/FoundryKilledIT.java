package io.millrace.gateway;

import static io.millrace.gateway.FoundryServer.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.NodeProject;
import java.io.IOException;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that is killed while a client of Foundry's acknowledges what it likes. */
class FoundryKilledIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int EVENTS = 60;

  @TempDir Path folder;

  @Test
  void nothingIsLostAndWhatWasAcknowledgedLongBeforeDoesNotComeAgain() throws Exception {
    NodeProject node = NodeProject.install(Path.of("src/test/node"), Path.of("target/node"));
    // Its own gateway raises the events; the one that is killed only serves the client.
    try (FoundryServer server = new FoundryServer(folder, Map.of())) {
      int port = freePort();
      Process doomed = start(server, port);
      try (FoundryClient first = FoundryClient.open(node, port, SERVER, "killed", false)) {
        first.ask("{\"subscribe\":{\"topics\":{\"private\":[\"shop\",\"bank\"]}}}");
        for (int i = 0; i < EVENTS; i++) {
          server.raise(i % 2 == 0 ? "shop" : "bank", "" + i);
        }
        await().atMost(LIMIT).until(() -> first.pushes().size() == EVENTS);
        for (JsonNode push : first.pushes()) {
          if (number(push) % 3 == 0) {
            first.acknowledge(push);
          }
        }
        // Answered when all before it is durable.
        first.ask("{\"subscribe\":{\"topics\":{\"private\":[\"transaction\"]}}}");
        doomed.destroyForcibly().waitFor();
        assertThat(first.awaitLine("C ")).startsWith("C 1006");
      } finally {
        doomed.destroyForcibly();
      }
      server.raise("transaction", "" + (EVENTS + 1));
      try (FoundryClient second =
          FoundryClient.open(node, server.port(), SERVER, "killed", false)) {
        List<Integer> owed =
            IntStream.rangeClosed(0, EVENTS + 1)
                .filter(i -> i == EVENTS + 1 || (i < EVENTS && i % 3 != 0))
                .boxed()
                .toList();
        await().atMost(LIMIT).until(() -> second.pushes().size() >= owed.size());
        assertThat(second.pushes())
            .extracting(FoundryKilledIT::number)
            .containsExactlyInAnyOrderElementsOf(owed);
      }
    }
  }

  private static int number(JsonNode push) {
    return Integer.parseInt(push.path("data").textValue());
  }

  private Process start(FoundryServer server, int port) throws IOException {
    Map<String, String> all = new HashMap<>(server.settings());
    all.putAll(Map.of("http.port", "" + port, "management.port", "-1"));
    Properties settings = new Properties();
    settings.putAll(all);
    StringWriter text = new StringWriter();
    settings.store(text, null);
    Path file = Files.writeString(folder.resolve("gateway.properties"), text.toString());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayMain.class.getName(),
                "--config",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("gateway.log").toFile())
            .start();
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(IOException.class)
        .untilAsserted(
            () -> {
              assertThat(process.isAlive()).as(this::log).isTrue();
              new Socket("127.0.0.1", port).close();
            });
    return process;
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("gateway.log"));
    } catch (IOException e) {
      return "no log";
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
