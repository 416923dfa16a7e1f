package io.millrace.source.acronis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An Event Manager as Acronis's documents describe it, of one topic, with faults on demand. Knows
 * nothing of Millrace's gateway.
 */
public final class AcronisServer implements AutoCloseable {

  public static final String TOPIC = "cti.a.p.em.topic.v1.0~a.p.tenant.v1.0";
  static final String CLIENT = "client";
  static final String SECRET = "s3cret";
  static final String ROOT = "/api/event_manager/v1";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What goes wrong with the next polls that have events to tell. */
  interface Fault {
    void answer(HttpExchange exchange, byte[] body) throws IOException, InterruptedException;
  }

  /** A poll or another request, as it came. */
  record Request(String method, String path, Map<String, String> query, String body) {}

  private final List<ObjectNode> events = new ArrayList<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final Map<String, Long> subscriptions = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> data = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer http;
  private int port;
  private volatile String token;
  private final AtomicInteger tokens = new AtomicInteger();
  private volatile int tokenSeconds = 3600;
  private volatile String holder;
  private volatile long heldUntil;
  private volatile Duration session = Duration.ofSeconds(30);
  private boolean again;

  public AcronisServer() throws IOException {
    start();
  }

  /** Comes back on the port that it had. */
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setExecutor(threads);
    http.createContext("/", this::serve);
    http.start();
    port = http.getAddress().getPort();
  }

  void stop() {
    http.stop(0);
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public synchronized void knows(String subscription) {
    subscriptions.put(subscription, 0L);
  }

  /** Every request from now on needs a token of the token endpoint. */
  void wantsTokens(int seconds) {
    tokenSeconds = seconds;
    token = "";
  }

  void expireToken() {
    token = "";
  }

  int tokensGiven() {
    return tokens.get();
  }

  /** Another consumer has the session. */
  void sessionIsOf(String consumer, Duration time) {
    holder = consumer;
    session = time;
    heldUntil = System.nanoTime() + time.toNanos();
  }

  synchronized void next(Fault fault) {
    faults.add(fault);
  }

  /** The next poll gets once more what the one before it got. */
  synchronized void repeats() {
    again = true;
  }

  List<Request> requests(String path) {
    return requests.stream().filter(each -> each.path().equals(path)).toList();
  }

  long stored(String subscription) {
    return subscriptions.getOrDefault(subscription, -1L);
  }

  void hasData(String name, String body) {
    data.put("/data/" + name, body.getBytes(UTF_8));
  }

  public synchronized void publish(int count) {
    for (int i = 0; i < count; i++) {
      publish(JSON.createObjectNode());
    }
  }

  /** An event with what the given one says, and the rest made up. */
  synchronized ObjectNode publish(ObjectNode own) {
    long sequence = events.size() + 1L;
    ObjectNode event = JSON.createObjectNode();
    event.put("id", UUID.randomUUID().toString());
    event.put("type", "cti.a.p.em.event.v1.0~a.p.tenant.disabled.v1.0");
    event.put("time", "2024-10-01T11:01:16.03094914Z");
    event.put("source", "account-server");
    event.put("subject", "692ff7d2-8505-44ed-82b0-e82ee8d42ef2");
    event.put("tenant_id", "692ff7d2-8505-44ed-82b0-e82ee8d42ef2");
    event.set("data", JSON.createObjectNode().put("n", sequence));
    event.setAll(own);
    event.put("ingest_time", "2024-10-01T11:01:16.070777369Z");
    event.put("previous", sequence - 1);
    event.put("sequence", sequence);
    events.add(event);
    notifyAll();
    return event;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    URI uri = exchange.getRequestURI();
    Request request =
        new Request(exchange.getRequestMethod(), uri.getPath(), query(uri.getRawQuery()), body);
    requests.add(request);
    try (exchange) {
      if (uri.getPath().equals("/token")) {
        token(exchange, body);
      } else if (token != null
          && !("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        error(exchange, 401, "unauthorized");
      } else {
        answer(exchange, request);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, Request request)
      throws IOException, InterruptedException {
    Map<String, String> query = request.query();
    switch (request.path().replace(ROOT, "")) {
      case "/events" -> poll(exchange, query);
      case "/subscriptions" -> subscribe(exchange, JSON.readTree(request.body()));
      case "/subscriptions/offset" -> {
        JsonNode body =
            request.method().equals("POST") ? JSON.readTree(request.body()) : JSON.nullNode();
        String id = body.path("subscription_id").asText(query.get("subscription_id"));
        if (!subscriptions.containsKey(id)) {
          error(exchange, 404, "notFound");
          return;
        }
        if (body.isObject()) {
          subscriptions.put(id, body.path("offset").longValue());
        }
        ObjectNode answer = JSON.createObjectNode().put("subscription_id", id);
        json(exchange, 200, answer.put("offset", subscriptions.get(id)));
      }
      case "/topics/" + TOPIC + "/offsets" -> {
        long offset =
            switch (query.get("position")) {
              case "EARLIEST" -> 0;
              case "CURRENT" -> size();
              default -> 2;
            };
        json(exchange, 200, JSON.createObjectNode().put("topic_id", TOPIC).put("offset", offset));
      }
      default -> {
        byte[] kept = data.get(request.path());
        if (kept == null) {
          error(exchange, 404, "notFound");
        } else {
          send(exchange, 200, kept);
        }
      }
    }
  }

  private synchronized int size() {
    return events.size();
  }

  private void subscribe(HttpExchange exchange, JsonNode body) throws IOException {
    String id = body.path("subscription_id").textValue();
    if (subscriptions.putIfAbsent(id, 0L) != null) {
      error(exchange, 409, "alreadyExists");
    } else {
      json(exchange, 201, body);
    }
  }

  private void poll(HttpExchange exchange, Map<String, String> query)
      throws IOException, InterruptedException {
    if (!subscriptions.containsKey(query.get("subscription_id"))) {
      error(exchange, 404, "notFound");
      return;
    }
    String consumer = query.get("consumer_id");
    if (holder != null && !holder.equals(consumer) && System.nanoTime() < heldUntil) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      error(exchange, 429, "tooManyRequests");
      return;
    }
    sessionIsOf(consumer, session);
    Fault fault = null;
    byte[] body;
    synchronized (this) {
      long from = Long.parseLong(query.get("offset"));
      if (again) {
        again = false;
        from = Math.max(0, from - 3);
      }
      long end = System.nanoTime() + Duration.parse(query.get("timeout")).toNanos();
      while (events.size() <= from && System.nanoTime() < end) {
        wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
      if (events.size() <= from) {
        exchange.getResponseHeaders().set("Retry-After", "0");
        exchange.sendResponseHeaders(202, -1);
        return;
      }
      body = page((int) from, Integer.parseInt(query.getOrDefault("limit", "100")));
      fault = faults.poll();
    }
    if (fault == null) {
      send(exchange, 200, body);
    } else {
      fault.answer(exchange, body);
    }
  }

  private byte[] page(int from, int limit) throws IOException {
    int end = Math.min(events.size(), from + limit);
    ObjectNode page = JSON.createObjectNode();
    ArrayNode list = page.putArray("events");
    list.addAll(events.subList(from, end));
    return JSON.writeValueAsBytes(page.put("offset", end));
  }

  private void token(HttpExchange exchange, String form) throws IOException {
    Map<String, String> fields = query(form);
    if (!CLIENT.equals(fields.get("client_id")) || !SECRET.equals(fields.get("client_secret"))) {
      send(exchange, 401, "{\"error\":\"invalid_client\"}".getBytes(UTF_8));
      return;
    }
    token = UUID.randomUUID().toString();
    tokens.incrementAndGet();
    ObjectNode answer = JSON.createObjectNode().put("access_token", token);
    json(exchange, 200, answer.put("token_type", "Bearer").put("expires_in", tokenSeconds));
  }

  static void error(HttpExchange exchange, int status, String code) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("error").put("domain", "EventManager").put("code", code);
    json(exchange, status, answer);
  }

  static void json(HttpExchange exchange, int status, JsonNode body) throws IOException {
    send(exchange, status, JSON.writeValueAsBytes(body));
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new HashMap<>();
    if (text != null && !text.isEmpty()) {
      for (String pair : text.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
      }
    }
    return query;
  }

  @Override
  public void close() {
    stop();
    threads.shutdownNow();
  }
}
