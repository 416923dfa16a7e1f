package io.millrace.emitter.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Lets records through to topics that the producer knows, and asks for the others now and then:
 * once for all that wait for a topic, on no thread's time. The producer itself never blocks.
 *
 * <pre>
 *   closed ──pass──► asking ──known──► open ──forget──► closed
 *     ▲                 │
 *     └──not in time────┘
 * </pre>
 *
 * Safe for use by several threads.
 */
final class TopicGate {

  private static final long FIRST_MS = 5;
  private static final long LONGEST_MS = 100;

  private final Producer<?, ?> producer;
  private final ScheduledExecutorService scheduler;
  private final LongSupplier nanos;
  private final Duration patience;
  private final Map<String, CompletableFuture<Optional<Exception>>> topics =
      new ConcurrentHashMap<>();

  /**
   * Over a producer whose {@code max.block.ms} is 0.
   *
   * @param patience how long a topic is asked for at most
   */
  TopicGate(
      Producer<?, ?> producer,
      ScheduledExecutorService scheduler,
      LongSupplier nanos,
      Duration patience) {
    this.producer = producer;
    this.scheduler = scheduler;
    this.nanos = nanos;
    this.patience = patience;
  }

  /** Completes without a problem when the topic is known, and else with what is wrong. */
  CompletableFuture<Optional<Exception>> pass(String topic) {
    CompletableFuture<Optional<Exception>> known = topics.get(topic);
    if (known != null) {
      return known;
    }
    CompletableFuture<Optional<Exception>> asking = new CompletableFuture<>();
    CompletableFuture<Optional<Exception>> other = topics.putIfAbsent(topic, asking);
    if (other != null) {
      return other;
    }
    ask(topic, asking, nanos.getAsLong() + patience.toNanos(), FIRST_MS);
    return asking;
  }

  /** The producer does not know the topic any more. */
  void forget(String topic) {
    topics.remove(topic);
  }

  private void ask(
      String topic, CompletableFuture<Optional<Exception>> asking, long until, long wait) {
    try {
      producer.partitionsFor(topic);
      asking.complete(Optional.empty());
    } catch (TimeoutException e) {
      boolean isDenied = e.getCause() instanceof AuthorizationException;
      if (isDenied || nanos.getAsLong() - until >= 0) {
        close(topic, asking, e);
      } else {
        askLater(topic, asking, until, wait);
      }
    } catch (KafkaException | IllegalStateException e) {
      close(topic, asking, e);
    }
  }

  private void askLater(
      String topic, CompletableFuture<Optional<Exception>> asking, long until, long wait) {
    try {
      var unused =
          scheduler.schedule(
              () -> ask(topic, asking, until, Math.min(LONGEST_MS, 2 * wait)),
              wait,
              TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      // The task is stopping.
      close(topic, asking, e);
    }
  }

  private void close(
      String topic, CompletableFuture<Optional<Exception>> asking, RuntimeException problem) {
    topics.remove(topic, asking);
    asking.complete(Optional.of(problem));
  }
}
