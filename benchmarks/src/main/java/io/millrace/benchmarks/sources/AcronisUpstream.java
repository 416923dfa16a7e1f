package io.millrace.benchmarks.sources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers polls with pages that are made beforehand. */
final class AcronisUpstream implements Upstream {

  private static final Pattern OFFSET = Pattern.compile("[?&]offset=(\\d+)");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer http;
  private final byte[][] pages;
  private final int limit;

  AcronisUpstream(int events, int bytes, int limit) throws IOException {
    this.limit = limit;
    this.pages = new byte[events / limit][];
    for (int page = 0; page < pages.length; page++) {
      pages[page] = page(page, bytes);
    }
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::answer);
    http.start();
  }

  @Override
  public Map<String, String> config() {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.millrace.source.acronis.AcronisSourceConnector");
    config.put("url", "http://127.0.0.1:" + http.getAddress().getPort());
    config.put("subscription.id", "454e9a51-2207-4a2c-9db4-6ca168ac9597");
    config.put("poll.limit", Integer.toString(limit));
    return config;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String uri = exchange.getRequestURI().toString();
      Matcher offset = OFFSET.matcher(uri);
      if (uri.contains("/subscriptions/offset")) {
        send(exchange, "{\"offset\":0}".getBytes(UTF_8));
      } else if (offset.find() && Integer.parseInt(offset.group(1)) / limit < pages.length) {
        send(exchange, pages[Integer.parseInt(offset.group(1)) / limit]);
      } else {
        exchange.getResponseHeaders().set("Retry-After", "1");
        exchange.sendResponseHeaders(202, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private byte[] page(int page, int bytes) {
    StringBuilder json = new StringBuilder("{\"events\":[");
    String text = "x".repeat(bytes);
    for (int i = 0; i < limit; i++) {
      long sequence = (long) page * limit + i + 1;
      json.append(i == 0 ? "" : ",")
          .append("{\"id\":\"")
          .append(new UUID(1, sequence))
          .append("\",\"type\":\"cti.a.p.em.event.v1.0~a.p.tenant.disabled.v1.0\"")
          .append(",\"time\":\"2024-10-01T11:01:16.030949Z\",\"source\":\"account-server\"")
          .append(",\"subject\":\"")
          .append(new UUID(2, sequence % 1_000))
          .append("\",\"tenant_id\":\"692ff7d2-8505-44ed-82b0-e82ee8d42ef2\",\"sequence\":")
          .append(sequence)
          .append(",\"previous\":")
          .append(sequence - 1)
          .append(",\"data\":{\"text\":\"")
          .append(text)
          .append("\"}}");
    }
    long offset = (page + 1L) * limit;
    return json.append("],\"offset\":").append(offset).append('}').toString().getBytes(UTF_8);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
