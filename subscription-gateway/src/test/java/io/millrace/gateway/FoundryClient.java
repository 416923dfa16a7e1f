package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.NodeProject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The script {@code foundry.mjs} as it runs: a client of npm's {@code ws}. */
final class FoundryClient implements AutoCloseable {

  static final String PATH = "/services/ServerEvents/Stream";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final BufferedWriter writer;
  private final List<String> lines = new ArrayList<>();
  private int replies;

  private FoundryClient(Process process) {
    this.process = process;
    this.writer = process.outputWriter(StandardCharsets.UTF_8);
    Thread reader = new Thread(() -> process.inputReader().lines().forEach(this::heard));
    reader.setDaemon(true);
    reader.start();
  }

  /** Connects; what happens then is to be awaited. */
  static FoundryClient connect(
      NodeProject node, int port, String pathAndQuery, Map<String, Object> options)
      throws IOException {
    String url = "ws://127.0.0.1:" + port + pathAndQuery;
    return new FoundryClient(
        node.start("foundry.mjs", List.of(url, RunningGateway.JSON.writeValueAsString(options))));
  }

  /** Connects with a token in a header, and a name in another if there is one. */
  static FoundryClient open(NodeProject node, int port, String token, String uuid, boolean ack)
      throws IOException {
    Map<String, String> headers =
        uuid.isEmpty()
            ? Map.of("X-VoltMX-Authorization", token)
            : Map.of("X-VoltMX-Authorization", token, "clientUUID", uuid);
    FoundryClient client = connect(node, port, PATH, Map.of("headers", headers, "ack", ack));
    client.awaitLine("O ");
    return client;
  }

  private synchronized void heard(String line) {
    lines.add(line);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  void send(String message) throws IOException {
    writer.write(message.replace("\n", " "));
    writer.newLine();
    writer.flush();
  }

  /** Sends a message, and awaits the next reply: that is any message but a push. */
  JsonNode ask(String message) throws IOException {
    send(message);
    return reply();
  }

  /** The reply that comes next. */
  JsonNode reply() {
    int index = replies++;
    await().atMost(LIMIT).until(() -> messages(false).size() > index);
    return messages(false).get(index);
  }

  /** All pushes so far. */
  List<JsonNode> pushes() {
    return messages(true);
  }

  /** The data of all pushes so far, as texts. */
  List<String> data() {
    return pushes().stream().map(push -> push.path("data").asText()).toList();
  }

  void awaitData(String... data) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(data()).containsExactly(data));
  }

  private List<JsonNode> messages(boolean pushes) {
    return lines().stream()
        .filter(line -> line.startsWith("M "))
        .map(line -> json(line.substring(2)))
        .filter(message -> (message.path("code").intValue() == 620010) == pushes)
        .toList();
  }

  private static JsonNode json(String text) {
    try {
      return RunningGateway.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  void acknowledge(JsonNode push) throws IOException {
    send("{\"ack\":{\"eventId\":\"" + push.path("eventId").textValue() + "\"}}");
  }

  /** Awaits a line, and gives it. */
  String awaitLine(String beginning) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(lines()).anyMatch(line -> line.startsWith(beginning)));
    return lines().stream().filter(line -> line.startsWith(beginning)).findFirst().orElseThrow();
  }

  long count(String beginning) {
    return lines().stream().filter(line -> line.startsWith(beginning)).count();
  }

  /** Closes as a client should, and awaits the answer. */
  void leave() throws IOException {
    send("!close");
    awaitLine("C ");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
