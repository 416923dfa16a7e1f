package io.millrace.gateway.des;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.http.socket.SocketEndpoint;
import io.millrace.gateway.http.socket.SocketMount;
import io.millrace.gateway.ingest.EventLog;
import io.millrace.gateway.ingest.IngestConfig;
import io.millrace.gateway.ingest.StreamTable;
import io.millrace.gateway.live.EventFormat;
import io.millrace.gateway.live.LiveSessions;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSocket {@code /events} of Trisotech DES. Who asks for it proves who it is by the header
 * {@code Authorization}, or, as pages of browsers cannot send one, by a token in the parameter
 * {@code access_token}.
 */
public final class DesSockets implements SocketEndpoint, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DesSockets.class);
  private static final String PATH = "/events";
  private static final String SUBPROTOCOL = "cloudevents.json";
  private static final String HEADER = "Authorization";
  private static final String PARAMETER = "access_token";
  private static final long TICK_MILLIS = 250;

  private final DesConfig config;
  private final LiveSessions live;
  private final RequestAuthenticator authenticator;
  private final SessionEvents events;
  private final Supplier<String> ids;
  private final EventFormat format = new EventDocument();
  private final Replies replies;
  private final Set<DesSession> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer;

  /**
   * With a thread of its own for what happens after a while.
   *
   * @param ids new ones for sessions and events, each unlike all others
   */
  public DesSockets(
      DesConfig config,
      LiveSessions live,
      RequestAuthenticator authenticator,
      StreamTable streams,
      IngestConfig ingest,
      EventLog log,
      Supplier<String> ids) {
    this.config = config;
    this.live = live;
    this.authenticator = authenticator;
    this.events = new SessionEvents(config, streams, ingest, log, Clock.systemUTC(), ids);
    this.ids = ids;
    this.replies = new Replies(config.acknowledge());
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "millrace-des-timer");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        timer.scheduleWithFixedDelay(this::look, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    for (DesSession session : open) {
      try {
        session.look();
      } catch (RuntimeException e) {
        LOG.error("A session could not be looked after", e);
      }
    }
  }

  public SocketMount mount() {
    return new SocketMount("des", PATH, this, new ErrorEnvelope());
  }

  @Override
  public CompletionStage<Accepted> open(Exchange exchange, List<String> subprotocols) {
    String header = exchange.believedAuthorization().orElse(null);
    String token = header == null ? exchange.query(PARAMETER) : null;
    String credentials = token == null ? header : "Bearer " + token;
    String field = token == null ? HEADER : PARAMETER;
    String subprotocol = subprotocols.contains(SUBPROTOCOL) ? SUBPROTOCOL : null;
    return authenticate(credentials, field, exchange.executor())
        .thenCompose(
            principal -> {
              SessionRequest request = SessionRequest.read(exchange, config, live);
              String shown = credentials == null ? "" : credentials;
              Client client = new Client(principal, exchange.remoteAddress(), shown, field);
              Executor executor = exchange.executor();
              return ready(executor)
                  .thenApply(
                      nothing ->
                          new Accepted(
                              subprotocol,
                              new DesSession(this, request, client, executor),
                              principal.name()));
            });
  }

  private CompletionStage<Void> ready(Executor executor) {
    CompletableFuture<Void> ready = live.ready().toCompletableFuture();
    CompletableFuture<Void> told =
        ready.exceptionally(
            failure -> {
              throw HttpProblem.of(Trouble.UNAVAILABLE, "streams", "cannot be read now")
                  .with("Retry-After", "1");
            });
    return told.isDone() ? told : told.thenRunAsync(() -> {}, executor);
  }

  /** Who shows these credentials now. */
  CompletionStage<Principal> authenticate(
      @Nullable String credentials, String field, Executor executor) {
    return authenticator.authenticate(credentials, field, executor);
  }

  DesConfig config() {
    return config;
  }

  LiveSessions live() {
    return live;
  }

  SessionEvents events() {
    return events;
  }

  EventFormat format() {
    return format;
  }

  Replies replies() {
    return replies;
  }

  String newId() {
    return ids.get();
  }

  void add(DesSession session) {
    open.add(session);
  }

  void remove(DesSession session) {
    open.remove(session);
  }

  /** To be called when all sockets are closed. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
