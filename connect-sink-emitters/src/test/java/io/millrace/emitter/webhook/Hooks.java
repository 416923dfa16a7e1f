package io.millrace.emitter.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server on loopback that keeps what it gets and answers what it is told to. */
final class Hooks implements AutoCloseable {

  /** A request. */
  record Got(URI uri, com.sun.net.httpserver.Headers headers, String body) {
    String header(String name) {
      return String.valueOf(headers.getFirst(name));
    }
  }

  /** An answer, with a JSON body unless that is empty. */
  record Said(int status, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Got> got = new CopyOnWriteArrayList<>();
  private volatile Function<Got, Said> script = request -> new Said(204, "");

  Hooks() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  void answer(Function<Got, Said> newScript) {
    script = newScript;
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  List<Got> got() {
    return got;
  }

  List<Got> got(String path) {
    return got.stream().filter(each -> each.uri().getPath().equals(path)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Got request = new Got(exchange.getRequestURI(), exchange.getRequestHeaders(), body);
      got.add(request);
      Said said = script.apply(request);
      byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (said.status() == 407) {
        exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
      }
      exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
