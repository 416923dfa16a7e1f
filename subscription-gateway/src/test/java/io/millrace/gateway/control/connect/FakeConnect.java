package io.millrace.gateway.control.connect;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** As much of Kafka Connect's REST API as the control loop uses, over real HTTP on loopback. */
public final class FakeConnect implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, Map<String, String>> connectors = new ConcurrentHashMap<>();
  private final Map<String, List<String>> states = new ConcurrentHashMap<>();
  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private final Queue<String> authorizations = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<Integer> failures = new ArrayDeque<>();

  private FakeConnect(HttpServer server) {
    this.server = server;
  }

  public static FakeConnect start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeConnect fake = new FakeConnect(server);
      server.createContext("/", fake::answer);
      server.start();
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Puts a connector there, running with one task. */
  public void add(String name, Map<String, String> config) {
    connectors.put(name, config);
    states(name, "RUNNING", "RUNNING");
  }

  /** Sets the state of a connector, then of each task. */
  public void states(String name, String... connectorAndTasks) {
    states.put(name, List.of(connectorAndTasks));
  }

  public Map<String, Map<String, String>> connectors() {
    return connectors;
  }

  /** Answers the next request, and then the next, with these. */
  public void failNext(Integer... statuses) {
    synchronized (failures) {
      failures.addAll(Arrays.asList(statuses));
    }
  }

  /** Method and path of every request since the last call, those that only read left out. */
  public List<String> changes() {
    return requests().stream().filter(each -> !each.startsWith("GET")).toList();
  }

  public List<String> requests() {
    List<String> seen = List.copyOf(requests);
    requests.clear();
    return seen;
  }

  public Queue<String> authorizations() {
    return authorizations;
  }

  /** Answers nobody any more. */
  public void stop() {
    server.stop(0);
  }

  @Override
  public void close() {
    stop();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    requests.add(method + " " + exchange.getRequestURI());
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    byte[] body = exchange.getRequestBody().readAllBytes();
    Integer failure;
    synchronized (failures) {
      failure = failures.poll();
    }
    if (failure != null) {
      send(exchange, failure, Map.of("error_code", failure, "message", "because\n of that"));
      return;
    }
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String name = path[2];
    String operation = method + " " + (path.length > 3 ? path[3] : "");
    if (operation.equals("PUT config")) {
      Map<String, String> config = JSON.readValue(body, new TypeReference<>() {});
      boolean isNew = connectors.put(name, config) == null;
      states.putIfAbsent(name, List.of("RUNNING", "RUNNING"));
      send(exchange, isNew ? 201 : 200, Map.of("name", name, "config", config));
    } else if (!connectors.containsKey(name)) {
      send(exchange, 404, Map.of("error_code", 404, "message", "Connector not found"));
    } else {
      answerKnown(exchange, operation, name);
    }
  }

  private void answerKnown(HttpExchange exchange, String operation, String name)
      throws IOException {
    switch (operation) {
      case "GET config" -> send(exchange, 200, connectors.get(name));
      case "GET status" -> send(exchange, 200, status(name));
      case "POST restart" -> send(exchange, 202, status(name));
      case "DELETE " -> {
        connectors.remove(name);
        states.remove(name);
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
      }
      default -> send(exchange, 405, Map.of());
    }
  }

  private Map<String, Object> status(String name) {
    List<String> all = states.getOrDefault(name, List.of("UNASSIGNED"));
    return Map.of(
        "name",
        name,
        "connector",
        Map.of("state", all.get(0)),
        "tasks",
        all.stream().skip(1).map(state -> Map.of("state", state)).collect(Collectors.toList()));
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] json = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }
}
