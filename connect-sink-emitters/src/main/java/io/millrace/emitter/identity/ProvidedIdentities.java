package io.millrace.emitter.identity;

import io.millrace.model.event.ResourceName;
import io.millrace.model.identity.Identities;
import io.millrace.model.identity.Identity;
import io.millrace.model.identity.InvalidIdentityException;
import io.millrace.model.identity.UnresolvedIdentityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Identities that a source, such as one of Kafka's ConfigProviders, holds in their flat form. The
 * source may block: it is asked on threads of its own, for each name once at a time. What was read
 * is used while it is read again, and also while the source fails; an identity that is gone is used
 * no more.
 */
public final class ProvidedIdentities implements Identities {

  private static final Logger LOG = LoggerFactory.getLogger(ProvidedIdentities.class);

  private final Source source;
  private final Executor executor;
  private final Clock clock;
  private final Duration refresh;
  private final Duration patience;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /** Where identities come from. */
  @FunctionalInterface
  public interface Source {

    /** All fields of an identity; none if it is not there. May block; may fail in any way. */
    ConfigData get(String ref) throws Exception;
  }

  /** What is known about one name. Guarded by itself. */
  private static final class Entry {
    @Nullable Identity identity;
    @Nullable CompletableFuture<Identity> reading;
    long due;
  }

  /**
   * Over a source.
   *
   * @param executor runs what blocks
   * @param refresh how long what was read is taken for current, unless the source says otherwise
   * @param patience how long a caller waits for the first answer
   */
  public ProvidedIdentities(
      Source source, Executor executor, Clock clock, Duration refresh, Duration patience) {
    this.source = source;
    this.executor = executor;
    this.clock = clock;
    this.refresh = refresh;
    this.patience = patience;
  }

  @Override
  public CompletionStage<Identity> find(String ref) {
    if (!ResourceName.isValid(ref)) {
      // It may become part of a path.
      return CompletableFuture.failedStage(
          new UnresolvedIdentityException("identityRef is no identity's id"));
    }
    Entry entry = entries.computeIfAbsent(ref, name -> new Entry());
    CompletableFuture<Identity> begun = null;
    CompletionStage<Identity> answer;
    synchronized (entry) {
      CompletableFuture<Identity> reading = entry.reading;
      if (reading == null && (entry.identity == null || clock.millis() >= entry.due)) {
        begun = new CompletableFuture<>();
        entry.reading = begun;
        reading = begun;
      }
      answer =
          entry.identity == null && reading != null
              ? patiently(ref, reading)
              : CompletableFuture.completedStage(entry.identity);
    }
    if (begun != null) {
      begin(ref, entry, begun);
    }
    return answer;
  }

  private CompletionStage<Identity> patiently(String ref, CompletableFuture<Identity> reading) {
    CompletableFuture<Identity> answer = reading.copy();
    CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
        .execute(
            () ->
                answer.completeExceptionally(
                    new UnresolvedIdentityException(
                        "the identity " + ref + " could not be read in time")));
    return answer;
  }

  private void begin(String ref, Entry entry, CompletableFuture<Identity> reading) {
    try {
      executor.execute(() -> read(ref, entry, reading));
    } catch (RuntimeException e) {
      failed(ref, entry, reading, e);
    }
  }

  private void read(String ref, Entry entry, CompletableFuture<Identity> reading) {
    try {
      ConfigData data = source.get(ref);
      if (data.data().isEmpty()) {
        end(entry, null, 0);
        reading.completeExceptionally(
            new UnresolvedIdentityException("there is no identity " + ref));
        return;
      }
      Identity identity = Identity.read(data.data());
      end(entry, identity, data.ttl() == null ? refresh.toMillis() : data.ttl());
      reading.complete(identity);
    } catch (Exception | LinkageError e) {
      // Strangers' code: whatever it throws, somebody waits for an answer.
      failed(ref, entry, reading, e);
    }
  }

  private void end(Entry entry, @Nullable Identity identity, long millis) {
    synchronized (entry) {
      entry.identity = identity;
      entry.due = clock.millis() + millis;
      entry.reading = null;
    }
  }

  private void failed(
      String ref, Entry entry, CompletableFuture<Identity> reading, Throwable cause) {
    Identity known;
    synchronized (entry) {
      known = entry.identity;
      end(entry, known, refresh.toMillis());
    }
    String problem = "the identity " + ref + " cannot be read: " + reason(cause);
    if (known != null) {
      LOG.warn("What was known before is used, since {}", problem);
    }
    reading.completeExceptionally(new UnresolvedIdentityException(problem, cause));
  }

  // A stranger's message might quote what is secret.
  private static String reason(Throwable cause) {
    return cause instanceof KafkaException || cause instanceof InvalidIdentityException
        ? String.valueOf(cause.getMessage())
        : cause.getClass().getSimpleName();
  }
}
