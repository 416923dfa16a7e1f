package io.millrace.gateway.http.socket;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpConfig;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.ReplySender;
import io.millrace.gateway.http.RequestMetrics;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.http.socket.SocketEndpoint.Accepted;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * All WebSockets of the gateway, as a handler in front of what serves requests: it takes those that
 * ask for one of its sockets. Stops gracefully: clients are told (1001), and have half of the
 * server's time to stop for their answer.
 */
public final class Sockets extends Handler.Wrapper implements Graceful {

  private static final long LEAST_LOOK = 25;
  private static final long MOST_LOOK = 1_000;

  private final SocketConfig config;
  private final HttpConfig http;
  private final List<SocketMount> mounts;
  private final MeterRegistry registry;
  private final ReplySender sender;
  private final Map<SocketMount, OpenSockets> open = new LinkedHashMap<>();
  private final Places places;
  private @Nullable Upgrade upgrade;
  private volatile boolean stopping;

  public Sockets(
      SocketConfig config,
      HttpConfig http,
      List<SocketMount> mounts,
      RequestMetrics requests,
      MeterRegistry registry) {
    this.config = config;
    this.http = http;
    this.mounts = List.copyOf(mounts);
    this.registry = registry;
    this.sender = new ReplySender(requests);
    this.places = new Places(config.limits());
  }

  /**
   * What tells those who ask for a socket's path without asking for a socket; to be routed last.
   */
  public List<Mount> plain() {
    return mounts.stream().map(SocketMount::plain).toList();
  }

  @Override
  protected void doStart() throws Exception {
    Map<String, SocketMetrics> metrics = new LinkedHashMap<>();
    for (SocketMount mount : mounts) {
      SocketMetrics counted =
          metrics.computeIfAbsent(mount.dialect(), dialect -> new SocketMetrics(registry, dialect));
      open.put(
          mount,
          new OpenSockets(
              mount.dialect(),
              config,
              mount.pings(),
              counted,
              System::nanoTime,
              getServer().getThreadPool(),
              places));
    }
    upgrade = new Upgrade(getServer(), config.compression());
    super.doStart();
    Duration shortest =
        Stream.concat(
                Stream.of(config.pingInterval(), config.idleTimeout(), config.closeTimeout()),
                mounts.stream()
                    .map(SocketMount::pings)
                    .filter(Objects::nonNull)
                    .map(Pings::interval))
            .min(Duration::compareTo)
            .orElseThrow();
    look(Math.min(MOST_LOOK, Math.max(LEAST_LOOK, shortest.toMillis() / 4)));
  }

  private void look(long every) {
    Scheduler scheduler = getServer().getScheduler();
    scheduler.schedule(
        () -> {
          open.values().forEach(OpenSockets::look);
          if (isRunning()) {
            look(every);
          }
        },
        every,
        TimeUnit.MILLISECONDS);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (asksForSocket(request)) {
      String path = Request.getPathInContext(request);
      for (Map.Entry<SocketMount, OpenSockets> entry : open.entrySet()) {
        if (entry.getKey().takes(path)) {
          serve(entry.getKey(), entry.getValue(), request, response, callback);
          return true;
        }
      }
    }
    return super.handle(request, response, callback);
  }

  private static boolean asksForSocket(Request request) {
    return HttpMethod.GET.is(request.getMethod())
        && "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE));
  }

  private void serve(
      SocketMount mount,
      OpenSockets sockets,
      Request request,
      Response response,
      Callback callback) {
    request.addIdleTimeoutListener(timeout -> false); // As for all requests that wait.
    CompletableFuture<Accepted> answer = answer(mount, sockets, request).toCompletableFuture();
    BiConsumer<@Nullable Accepted, @Nullable Throwable> finish =
        (accepted, failure) ->
            finish(accepted, failure, mount, sockets, request, response, callback);
    CompletableFuture<Accepted> unused =
        answer.isDone()
            ? answer.whenComplete(finish)
            : answer.whenCompleteAsync(finish, request.getComponents().getExecutor());
  }

  private CompletionStage<Accepted> answer(
      SocketMount mount, OpenSockets sockets, Request request) {
    try {
      Upgrade.check(request);
      Exchange exchange = new Exchange(request, "", http);
      if (http.origins().refusesOthers() && !exchange.trusted()) {
        sockets.metrics().refused(Places.ORIGIN);
        throw HttpProblem.of(Trouble.FORBIDDEN, "Origin", "is none of http.origins");
      }
      places.check(sockets.metrics());
      return mount.endpoint().open(exchange, Upgrade.subprotocols(request));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void finish(
      @Nullable Accepted accepted,
      @Nullable Throwable failure,
      SocketMount mount,
      OpenSockets sockets,
      Request request,
      Response response,
      Callback callback) {
    Throwable cause = failure;
    if (accepted != null && upgrade != null) {
      try {
        String address = Request.getRemoteAddr(request);
        places.check(address, accepted.user(), sockets.metrics());
        Place place = new Place(places, address, accepted.user());
        upgrade.perform(accepted, place, sockets, request, response, callback);
        sender.upgraded(mount.dialect());
        return;
      } catch (RuntimeException e) {
        cause = e;
      }
    }
    if (cause == null) {
      cause = HttpProblem.of(Trouble.UNAVAILABLE, "gateway", "is being stopped");
    }
    CompletableFuture<Reply> refusal = CompletableFuture.failedFuture(cause);
    sender.send(refusal, mount.dialect(), mount.errors(), response, callback);
  }

  @Override
  public CompletableFuture<Void> shutdown() {
    stopping = true;
    long patience = getServer().getStopTimeout() / 2;
    getServer().getScheduler().schedule(this::abort, patience, TimeUnit.MILLISECONDS);
    return close();
  }

  private CompletableFuture<Void> close() {
    return CompletableFuture.allOf(
        open.values().stream().map(OpenSockets::close).toArray(CompletableFuture[]::new));
  }

  private void abort() {
    open.values().forEach(OpenSockets::abort);
  }

  @Override
  public boolean isShutdown() {
    return stopping;
  }

  @Override
  protected void doStop() throws Exception {
    CompletableFuture<Void> unused = close(); // If there was no time to do it gracefully.
    super.doStop();
  }
}
