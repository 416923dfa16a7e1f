package io.millrace.emitter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A webhook endpoint on loopback that keeps what it accepted, in order of arrival. */
public final class Receiver implements AutoCloseable {

  /** What a binary request says of its event. */
  public record Accepted(String id, String subject) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Accepted> accepted = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private volatile int status;
  private volatile Instant last = Instant.EPOCH;

  public Receiver(int status) throws IOException {
    this.status = status;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
  }

  public void answerWith(int newStatus) {
    status = newStatus;
  }

  public List<Accepted> accepted() {
    return accepted;
  }

  public List<String> ids() {
    return accepted.stream().map(Accepted::id).toList();
  }

  public int requests() {
    return requests.get();
  }

  /** When the last request came. */
  public Instant last() {
    return last;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      last = Instant.now();
      requests.incrementAndGet();
      int answer = status;
      if (answer < 300) {
        accepted.add(
            new Accepted(
                String.valueOf(exchange.getRequestHeaders().getFirst("ce-id")),
                String.valueOf(exchange.getRequestHeaders().getFirst("ce-subject"))));
      }
      exchange.sendResponseHeaders(answer, -1);
    }
  }
}
