package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.NodeProject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A client of a WebSocket in Node.js, by a library that others wrote, and all that it hears. */
final class DesClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final PrintWriter input;
  private final List<JsonNode> lines = new CopyOnWriteArrayList<>();

  private DesClient(Process process) {
    this.process = process;
    this.input = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    Thread reader = new Thread(this::read, "node-client");
    reader.setDaemon(true);
    reader.start();
  }

  static NodeProject scripts() throws IOException, InterruptedException {
    return NodeProject.install(Path.of("src/test/node"), Path.of("target/node"));
  }

  /** Opens the socket of DES as admin. */
  static DesClient open(NodeProject node, RunningGateway gateway, String query) throws IOException {
    return open(
        node,
        gateway,
        "/events?" + query,
        "{\"Authorization\":\"" + RunningGateway.basic("admin", "admin") + "\"}",
        "[]");
  }

  static DesClient open(
      NodeProject node, RunningGateway gateway, String path, String headers, String protocols)
      throws IOException {
    String url = "ws://127.0.0.1:" + gateway.gateway.port() + path;
    return new DesClient(node.start("socket.js", List.of(url, headers, protocols)));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(RunningGateway.JSON.readTree(line));
      }
    } catch (JsonProcessingException e) {
      process.destroy(); // It was so before, in the middle of a line.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a message, or gives the script a command. */
  void say(String text) {
    input.println(text);
  }

  /** The first line that fits, as soon as there is one. */
  JsonNode line(Predicate<JsonNode> wanted) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(lines).anyMatch(wanted));
    return lines.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** The first message of a type. */
  JsonNode message(String type) {
    return line(each -> each.path("message").path("type").asText().equals(type)).path("message");
  }

  /** The messages of a type that are there. */
  List<JsonNode> messages(String type) {
    return lines.stream()
        .map(each -> each.path("message"))
        .filter(each -> each.path("type").asText().equals(type))
        .toList();
  }

  /** Everything that was heard. */
  List<JsonNode> lines() {
    return List.copyOf(lines);
  }

  /** Waits for a message of a type with that id. */
  JsonNode event(String id) {
    return line(each -> each.path("message").path("id").asText().equals(id)).path("message");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
