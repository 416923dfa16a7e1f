package io.millrace.emitter.powerbi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Power BI and its login on loopback, as strict as the service: tokens expire, and it refuses more
 * than so many rows a post, posts a minute, rows an hour and posts under way. One table, {@code
 * Orders} of dataset {@code d-1}, whose column {@code Amount} takes numbers.
 */
public final class PowerBiServer implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROWS = "/v1.0/myorg/datasets/d-1/tables/Orders/rows";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Clock clock;
  private final int mostRows;
  private final List<JsonNode> rows = new CopyOnWriteArrayList<>();
  private final Deque<Long> minute = new ArrayDeque<>();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicInteger mostPending = new AtomicInteger();
  private final AtomicInteger posts = new AtomicInteger();
  private final AtomicInteger tokens = new AtomicInteger();
  private final AtomicInteger throttled = new AtomicInteger();
  private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);
  private volatile String valid = "";
  private volatile String throttle = "";

  /** With a clock for minutes, and fewer rows a post than the service takes. */
  public PowerBiServer(Clock clock, int mostRows) throws IOException {
    this.clock = clock;
    this.mostRows = mostRows;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/tenant/oauth2/v2.0/token", this::login);
    server.createContext("/v1.0/", this::table);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<JsonNode> rows() {
    return rows;
  }

  int posts() {
    return posts.get();
  }

  int tokens() {
    return tokens.get();
  }

  int throttled() {
    return throttled.get();
  }

  int mostPending() {
    return mostPending.get();
  }

  /** The token that is out there is not taken any more. */
  void expireToken() {
    valid = "";
  }

  /** The next post is told to come later, in these words. */
  void throttle(String message) {
    throttle = message;
  }

  /** Posts are not answered until they are let go. */
  void hold() {
    gate.drainPermits();
  }

  void letGo() {
    gate.release(1_000);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void login(HttpExchange exchange) throws IOException {
    try (exchange) {
      String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      if (!form.contains("grant_type=client_credentials")
          || !form.contains(
              "scope=https%3A%2F%2Fanalysis.windows.net%2Fpowerbi%2Fapi%2F.default")) {
        answer(exchange, 400, "{\"error\":\"invalid_scope\"}");
        return;
      }
      valid = "token-" + tokens.incrementAndGet();
      answer(
          exchange,
          200,
          "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
              .formatted(valid));
    }
  }

  private void table(HttpExchange exchange) throws IOException {
    int now = pending.incrementAndGet();
    mostPending.accumulateAndGet(now, Math::max);
    try (exchange) {
      JsonNode posted = JSON.readTree(exchange.getRequestBody()).path("rows");
      gate.acquire();
      gate.release();
      posts.incrementAndGet();
      judge(exchange, posted, now);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pending.decrementAndGet();
    }
  }

  private void judge(HttpExchange exchange, JsonNode posted, int now) throws IOException {
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    if (valid.isEmpty() || !("Bearer " + valid).equals(token)) {
      answer(exchange, 401, error("TokenExpired", "Access token has expired"));
    } else if (!exchange.getRequestURI().getPath().equals(ROWS)) {
      answer(exchange, 404, error("ItemNotFound", "not here"));
    } else if (!throttle.isEmpty()) {
      String message = throttle;
      throttle = "";
      answer(exchange, 429, error("TooManyRequests", message));
    } else if (now > 5 || isTooSoon()) {
      throttled.incrementAndGet();
      exchange.getResponseHeaders().add("Retry-After", "7");
      answer(exchange, 429, error("TooManyRequests", "slowly"));
    } else if (posted.size() > mostRows) {
      answer(exchange, 413, error("RequestEntityTooLarge", "too many rows"));
    } else if (isWrong(posted)) {
      answer(exchange, 400, error("BadRequest", "secret row"));
    } else {
      posted.forEach(rows::add);
      answer(exchange, 200, "");
    }
  }

  private synchronized boolean isTooSoon() {
    long now = clock.millis();
    while (!minute.isEmpty() && minute.getFirst() + 60_000 <= now) {
      minute.removeFirst();
    }
    if (minute.size() >= 120) {
      return true;
    }
    minute.addLast(now);
    return false;
  }

  private static boolean isWrong(JsonNode posted) {
    for (JsonNode row : posted) {
      if (!row.path("Amount").isNumber()) {
        return true;
      }
    }
    return false;
  }

  private static String error(String code, String message) {
    return "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
