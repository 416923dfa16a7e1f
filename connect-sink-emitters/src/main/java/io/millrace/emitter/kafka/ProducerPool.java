package io.millrace.emitter.kafka;

import io.millrace.model.kafka.KafkaCluster;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * One producer for each cluster and identity in use. A producer looks up host names while it is
 * made, which may take long: so it is made on a thread of its own. Safe for use by several threads.
 */
final class ProducerPool {

  private final Function<KafkaCluster, SharedProducer> factory;
  private final Executor executor;
  private final Duration idle;
  private final Map<KafkaCluster, CompletableFuture<SharedProducer>> producers =
      new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * Without producers at first.
   *
   * @param factory makes one; may block
   * @param executor for what blocks
   * @param idle a producer that was not used for so long is closed
   */
  ProducerPool(Function<KafkaCluster, SharedProducer> factory, Executor executor, Duration idle) {
    this.factory = factory;
    this.executor = executor;
    this.idle = idle;
  }

  /** The cluster's producer; fails if it cannot be made, and is made anew at the next call. */
  CompletableFuture<SharedProducer> find(KafkaCluster cluster) {
    CompletableFuture<SharedProducer> found = producers.get(cluster);
    if (found != null && isUsable(found)) {
      return found;
    }
    if (found != null && producers.remove(cluster, found)) {
      closeOnItsOwnTime(found);
    }
    CompletableFuture<SharedProducer> made = new CompletableFuture<>();
    CompletableFuture<SharedProducer> other = producers.putIfAbsent(cluster, made);
    if (other != null) {
      return other;
    }
    executor.execute(() -> make(cluster, made));
    return made;
  }

  /** Closes those that nobody uses any more. To be called now and then. */
  void closeIdle() {
    producers.forEach(
        (cluster, producer) -> {
          if (isIdle(producer) && producers.remove(cluster, producer)) {
            closeOnItsOwnTime(producer);
          }
        });
  }

  int size() {
    return producers.size();
  }

  /** Closes all, at once, also those that are just being made. */
  void close() {
    closed = true;
    for (CompletableFuture<SharedProducer> producer : producers.values()) {
      var unused = producer.thenAccept(SharedProducer::close);
    }
    producers.clear();
  }

  private void make(KafkaCluster cluster, CompletableFuture<SharedProducer> made) {
    try {
      SharedProducer producer = factory.apply(cluster);
      made.complete(producer);
      if (closed) {
        producer.close();
      }
    } catch (RuntimeException e) {
      producers.remove(cluster, made);
      made.completeExceptionally(e);
    }
  }

  private static boolean isUsable(CompletableFuture<SharedProducer> producer) {
    if (!producer.isDone()) {
      return true;
    }
    return !producer.isCompletedExceptionally() && !producer.join().isLost();
  }

  private void closeOnItsOwnTime(CompletableFuture<SharedProducer> producer) {
    var unused = producer.thenAcceptAsync(SharedProducer::close, executor);
  }

  private boolean isIdle(CompletableFuture<SharedProducer> producer) {
    return producer.isDone()
        && !producer.isCompletedExceptionally()
        && producer.join().isIdle(idle);
  }
}
