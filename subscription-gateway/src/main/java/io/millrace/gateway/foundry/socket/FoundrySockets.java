package io.millrace.gateway.foundry.socket;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.filter.audience.Audience;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.foundry.kept.ClientBook;
import io.millrace.gateway.foundry.kept.KeepConfig;
import io.millrace.gateway.foundry.kept.KeptReader;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.http.socket.SocketEndpoint;
import io.millrace.gateway.http.socket.SocketMount;
import io.millrace.gateway.ingest.foundry.FoundryReply;
import io.millrace.gateway.ingest.foundry.ServerEventPublisher;
import io.millrace.gateway.live.LiveSessions;
import io.millrace.model.event.TopicPath;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /services/ServerEvents/Stream}: all its sockets, and what they share. */
public final class FoundrySockets implements SocketEndpoint, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FoundrySockets.class);
  private static final String DIALECT = "foundry";

  /** How far what is written down may be behind what has happened. */
  private static final Duration SAVE_DELAY = Duration.ofMillis(200);

  private static final long CLOSE_SECONDS = 3;

  private final FoundrySocketConfig config;
  private final KeepConfig keep;
  private final RequestAuthenticator authenticator;
  private final ServerEventPublisher publisher;
  private final LiveSessions live;
  private final ClientBook book;
  private final KeptReader reader;
  private final Audience audience;
  private final ClientDevices devices;
  private final FoundryMetrics metrics;
  private final Clock clock;
  private final Supplier<String> ids;
  private final ScheduledThreadPoolExecutor timers;
  private final Map<String, CompletableFuture<Void>> leaving = new ConcurrentHashMap<>();

  /**
   * Opens none yet.
   *
   * @param clientOnly whether the catalogue marks a topic for client devices
   * @param ids new ones, each unlike all others
   */
  public FoundrySockets(
      FoundrySocketConfig config,
      KeepConfig keep,
      RequestAuthenticator authenticator,
      ServerEventPublisher publisher,
      LiveSessions live,
      ClientBook book,
      KeptReader reader,
      Audience audience,
      Predicate<TopicPath> clientOnly,
      MeterRegistry registry,
      Clock clock,
      Supplier<String> ids) {
    this.config = config;
    this.keep = keep;
    this.authenticator = authenticator;
    this.publisher = publisher;
    this.live = live;
    this.book = book;
    this.reader = reader;
    this.audience = audience;
    this.devices = new ClientDevices(config.serverRoles(), clientOnly);
    this.metrics = new FoundryMetrics(registry, book::size);
    this.clock = clock;
    this.ids = ids;
    this.timers =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "millrace-foundry-timers");
              thread.setDaemon(true);
              return thread;
            });
    timers.setRemoveOnCancelPolicy(true);
  }

  /** Where they are served. */
  public List<SocketMount> mounts() {
    return Stream.of("/services/ServerEvents/Stream", "/ServerEvents/Stream")
        .map(path -> new SocketMount(DIALECT, path, this, new FoundryReply(), config.pings()))
        .toList();
  }

  @Override
  public CompletionStage<Accepted> open(Exchange exchange, List<String> subprotocols) {
    Optional<String> client = TokenNames.client(exchange);
    Optional<ShownToken> token = ShownToken.of(exchange);
    if (client.isPresent() && !Identification.validClient(client.get())) {
      throw HttpProblem.of(Trouble.MALFORMED, "clientUUID", Identification.CLIENT_RULE);
    }
    CompletionStage<@Nullable Principal> known =
        token.isEmpty()
            ? CompletableFuture.completedFuture(null)
            : token.get().check(authenticator, exchange.executor()).thenApply(user -> user);
    String ip = exchange.remoteAddress();
    return known.thenApply(
        user ->
            new Accepted(
                null,
                new FoundryConversation(
                    this,
                    new Identification(this, token.orElse(null), user, client.orElse(null)),
                    ip,
                    exchange.executor()),
                user == null ? null : user.name()));
  }

  FoundrySocketConfig config() {
    return config;
  }

  KeepConfig keep() {
    return keep;
  }

  RequestAuthenticator authenticator() {
    return authenticator;
  }

  ServerEventPublisher publisher() {
    return publisher;
  }

  LiveSessions live() {
    return live;
  }

  /** To be asked before a live session is opened. */
  CompletionStage<Void> ready() {
    return live.ready();
  }

  ClientBook book() {
    return book;
  }

  KeptReader reader() {
    return reader;
  }

  Audience audience() {
    return audience;
  }

  ClientDevices devices() {
    return devices;
  }

  FoundryMetrics metrics() {
    return metrics;
  }

  long now() {
    return clock.millis();
  }

  String newId() {
    return ids.get();
  }

  /** Has something done in a moment, together with what comes until then. */
  void later(Runnable work) {
    var unused = after(SAVE_DELAY, work);
  }

  /** Has something done after a while; null when all is being stopped. */
  @Nullable ScheduledFuture<?> after(Duration delay, Runnable work) {
    try {
      return timers.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return null;
    }
  }

  /** What a connection leaves is being written. */
  void leaving(CompletionStage<Void> left) {
    CompletableFuture<Void> one = left.toCompletableFuture();
    String key = ids.get();
    leaving.put(key, one);
    var unused = one.whenComplete((nothing, failure) -> leaving.remove(key));
  }

  /** To be called when all sockets are closed, before what they use is. */
  @Override
  public void close() {
    timers.shutdownNow();
    try {
      CompletableFuture.allOf(leaving.values().toArray(CompletableFuture[]::new))
          .get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Not all is written of what clients have acknowledged; it is pushed again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
