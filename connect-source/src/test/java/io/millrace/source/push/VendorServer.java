package io.millrace.source.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.fixtures.NodeProject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A vendor's server under Node.js, written from its document, which does what a test says. */
public final class VendorServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final int port;
  private final URI control;

  private VendorServer(Process process, int port, URI control) {
    this.process = process;
    this.port = port;
    this.control = control;
  }

  /** Starts a script of {@code src/test/node/push}. */
  public static VendorServer start(String script) throws IOException, InterruptedException {
    NodeProject project =
        NodeProject.install(Path.of("src/test/node/push"), Path.of("target/node-push"));
    Process process = project.start(script, List.of());
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null || !line.startsWith("{")) {
      process.destroyForcibly();
      throw new IOException(script + " does not start: " + line);
    }
    JsonNode ports = JSON.readTree(line);
    return new VendorServer(
        process,
        ports.path("port").intValue(),
        URI.create("http://127.0.0.1:" + ports.path("control").intValue()));
  }

  /** The WebSocket's address for a path. */
  public String url(String path) {
    return "ws://127.0.0.1:" + port + path;
  }

  /** Where tokens are given. */
  public String tokenUrl() {
    return control + "/token";
  }

  /** Has the server do something, and gives what it says. */
  public JsonNode call(String command, Map<String, ?> arguments) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(control.resolve("/" + command))
              .POST(BodyPublishers.ofString(JSON.writeValueAsString(arguments)))
              .build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(command + " answered " + answer.statusCode());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(command + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  public JsonNode call(String command) {
    return call(command, Map.of());
  }

  /** What the server has seen so far. */
  public JsonNode state() {
    return call("state");
  }

  /** Clients that have a connection now. */
  public int clients() {
    return state().path("clients").size();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
