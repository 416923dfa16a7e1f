package io.millrace.gateway.audit;

import io.millrace.filter.audience.RulesInForce;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Route;
import io.millrace.model.emitter.AuditParameters;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.kafka.MillraceTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/**
 * {@code GET /publicapi/emitters/audit/{id}}: the entries of an Audit emitter's log, for the user
 * who defined it and nobody else; without those that he may not see any more. Source: Trisotech
 * DES, Audit emitter.
 */
public final class AuditDownloads implements AutoCloseable {

  private static final Duration STOP = Duration.ofSeconds(2);

  private final Map<String, Object> clientConfig;
  private final MillraceTopics topics;
  private final Admin admin;
  private final RulesInForce rules;
  private final Function<String, Optional<EmitterDefinition>> definitions;
  private final Semaphore places;
  private final ExecutorService threads;
  private final Set<DownloadBody> open = ConcurrentHashMap.newKeySet();

  /**
   * Contacts nobody yet.
   *
   * @param clientConfig for Kafka clients
   * @param definitions finds an emitter by its id
   */
  public AuditDownloads(
      AuditConfig config,
      Map<String, Object> clientConfig,
      MillraceTopics topics,
      Admin admin,
      RulesInForce rules,
      Function<String, Optional<EmitterDefinition>> definitions) {
    this.clientConfig = Map.copyOf(clientConfig);
    this.topics = topics;
    this.admin = admin;
    this.rules = rules;
    this.definitions = definitions;
    this.places = new Semaphore(config.maxDownloads());
    this.threads =
        Executors.newFixedThreadPool(
            config.threads(),
            work -> {
              Thread thread = new Thread(work, "millrace-audit-download");
              thread.setDaemon(true);
              return thread;
            });
  }

  public Route route() {
    return new Route("GET", "/emitters/audit/{id}", this::answer);
  }

  private CompletionStage<Reply> answer(Call call) {
    EmitterDefinition definition =
        definitions
            .apply(call.path("id"))
            .filter(each -> call.principal().name().equals(each.owner()))
            .filter(each -> each.parameters() instanceof AuditParameters)
            .orElseThrow(
                () ->
                    HttpProblem.of(
                        Trouble.NOT_FOUND, "id", "is of no Audit emitter that you defined"));
    AuditRange range = AuditRange.read(call::query);
    if (!places.tryAcquire()) {
      throw HttpProblem.of(Trouble.UNAVAILABLE, "request", "came while too many others download")
          .with("Retry-After", "5");
    }
    AuditFormat format = AuditFormat.of(call.exchange().header("Accept"));
    boolean gzip = Preference.takesGzip(call.exchange().header("Accept-Encoding"));
    Entitled entitled = new Entitled(rules, call.principal().viewer());
    DownloadBody body = body(definition, range, format, entitled, gzip);
    Reply reply =
        Reply.stream(200, format.mediaType(), body, threads)
            .with("Vary", "Accept, Accept-Encoding")
            .with("Cache-Control", "no-store")
            .with(
                "Content-Disposition",
                "attachment; filename=\"audit-%s.%s\"".formatted(definition.id(), format.suffix()));
    return CompletableFuture.completedFuture(gzip ? reply.with("Content-Encoding", "gzip") : reply);
  }

  private DownloadBody body(
      EmitterDefinition definition,
      AuditRange range,
      AuditFormat format,
      Entitled entitled,
      boolean gzip) {
    boolean pretty =
        definition.parameters() instanceof AuditParameters audit && audit.prettyPrint();
    LogReader reader =
        new LogReader(clientConfig, admin, topics.audit(definition.id()), range, System::nanoTime);
    try {
      DownloadBody[] self = new DownloadBody[1];
      DownloadBody body =
          new DownloadBody(
              reader,
              format,
              entitled,
              pretty,
              gzip,
              () -> {
                places.release();
                open.remove(self[0]);
              });
      self[0] = body;
      open.add(body);
      return body;
    } catch (IOException e) {
      places.release();
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      // A consumer is closed only when no thread is in it.
      if (threads.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        List.copyOf(open).forEach(DownloadBody::close);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
