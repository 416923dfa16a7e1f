package io.millrace.benchmarks.serverevents;

import io.millrace.server.events.EventNotifier;
import io.millrace.server.events.servlet.AutoEventFilter;
import io.millrace.server.events.servlet.AutoEventSettings;
import io.millrace.server.events.servlet.Operation;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * Time from when a call is due to its answer, at a fixed rate, of a servlet that echoes JSON: with
 * no filter, and with one that raises its request and its response.
 */
final class FilterLatency {

  private static final int CONNECTIONS = 16;

  private final EventNotifier notifier;
  private final int rate;
  private final int seconds;
  private final byte[] body;

  FilterLatency(EventNotifier notifier, int rate, int seconds, int bytes) {
    this.notifier = notifier;
    this.rate = rate;
    this.seconds = seconds;
    this.body =
        ("{\"amount\":12,\"text\":\"" + "x".repeat(Math.max(0, bytes - 24)) + "\"}")
            .getBytes(StandardCharsets.UTF_8);
  }

  void run(int runs) throws Exception {
    AutoEventFilter filter =
        new AutoEventFilter(
            notifier,
            List.of(Operation.of("POST", "/echo", "shop", "echo", "load/asked", "load/answered")),
            AutoEventSettings.defaults());
    Server off = server(null);
    Server on = server(filter);
    Histogram allOff = new Histogram(3);
    Histogram allOn = new Histogram(3);
    try {
      for (int run = 0; run <= runs; run++) {
        Histogram without = calls(off);
        Histogram with = calls(on);
        print(run == 0 ? "warm-up" : "run " + run, without, with);
        if (run > 0) {
          allOff.add(without);
          allOn.add(with);
        }
      }
      print("all", allOff, allOn);
    } finally {
      on.stop(); // The filter with it, which raises what is left.
      off.stop();
    }
    System.out.println(filter.counts());
  }

  private static void print(String name, Histogram off, Histogram on) {
    System.out.printf(
        Locale.ROOT,
        "%-8s filter off p50 %.3f p99 %.3f ms   on p50 %.3f p99 %.3f ms%n",
        name,
        off.getValueAtPercentile(50) / 1e6,
        off.getValueAtPercentile(99) / 1e6,
        on.getValueAtPercentile(50) / 1e6,
        on.getValueAtPercentile(99) / 1e6);
  }

  private Histogram calls(Server server) throws Exception {
    URI address =
        URI.create(
            "http://127.0.0.1:"
                + ((ServerConnector) server.getConnectors()[0]).getLocalPort()
                + "/echo");
    Histogram times = new ConcurrentHistogram(3);
    PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager();
    connections.setMaxTotal(CONNECTIONS);
    connections.setDefaultMaxPerRoute(CONNECTIONS);
    ExecutorService callers = Executors.newFixedThreadPool(CONNECTIONS);
    try (CloseableHttpClient client =
        HttpClients.custom().setConnectionManager(connections).build()) {
      long begin = System.nanoTime();
      for (long i = 0; i < (long) rate * seconds; i++) {
        long due = begin + i * TimeUnit.SECONDS.toNanos(1) / rate;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        callers.execute(() -> call(client, address, due, times));
      }
      callers.shutdown();
      if (!callers.awaitTermination(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("calls are still unanswered");
      }
    }
    return times;
  }

  private void call(CloseableHttpClient client, URI address, long due, Histogram times) {
    HttpPost post = new HttpPost(address);
    post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    try {
      int length =
          client.execute(post, response -> response.getEntity().getContent().readAllBytes().length);
      if (length != body.length) {
        throw new IllegalStateException("the answer is not what was sent");
      }
      times.recordValue(System.nanoTime() - due);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Server server(@Nullable AutoEventFilter filter) throws Exception {
    ServletContextHandler context = new ServletContextHandler("/");
    if (filter != null) {
      context.addFilter(new FilterHolder(filter), "/*", EnumSet.of(DispatcherType.REQUEST));
    }
    context.addServlet(Echo.class, "/*");
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
    return server;
  }

  /** Answers with what it was sent. */
  public static final class Echo extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      byte[] read = request.getInputStream().readAllBytes();
      response.setContentType("application/json");
      response.getOutputStream().write(read);
    }
  }
}
