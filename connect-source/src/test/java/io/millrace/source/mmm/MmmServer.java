package io.millrace.source.mmm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.fixtures.NodeProject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The script {@code mmm-server.mjs}, as it runs. */
final class MmmServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  // By default it would offer HTTP/2, which Node takes for the wish for a WebSocket.
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final int port;

  private MmmServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static MmmServer start() throws IOException, InterruptedException {
    return start("0");
  }

  /**
   * Starts one that can be killed and started again.
   *
   * @param arguments the port, 0 for any, and a file that keeps its state
   */
  static MmmServer start(String... arguments) throws IOException, InterruptedException {
    NodeProject node =
        NodeProject.install(Path.of("src/test/node/mmm"), Path.of("target/node-mmm"));
    Process process = node.start("mmm-server.mjs", List.of(arguments));
    String first = process.inputReader().readLine();
    if (first == null || !first.matches("[0-9]+")) {
      process.destroyForcibly();
      throw new IOException("the server has not started: " + first);
    }
    return new MmmServer(process, Integer.parseInt(first));
  }

  int port() {
    return port;
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  void publish(int count) {
    control("{'publish':{'count':%d}}".formatted(count));
  }

  /** Sends a text to all who are connected, whatever it is. */
  void raw(String text) {
    send(JSON.createObjectNode().put("raw", text).toString());
  }

  /** What was seen so far. */
  JsonNode seen() {
    return control("{}");
  }

  /** How far a subscription is acknowledged; -1 for one that is not known. */
  long acknowledged(String subscription) {
    for (JsonNode each : seen().path("state")) {
      if (each.path("id").asText().equals(subscription)) {
        return each.path("acknowledged").asLong();
      }
    }
    return -1;
  }

  List<Long> acknowledgements() {
    List<Long> ids = new ArrayList<>();
    seen().path("acknowledgements").forEach(each -> ids.add(each.asLong()));
    return ids;
  }

  /**
   * Gives an order.
   *
   * @param order as the script has them, in JSON with single quotes
   */
  JsonNode control(String order) {
    return send(order.replace('\'', '"'));
  }

  private JsonNode send(String order) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/control"))
            .POST(BodyPublishers.ofString(order))
            .build();
    try {
      return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Kills it. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
