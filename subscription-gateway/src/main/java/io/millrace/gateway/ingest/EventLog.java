package io.millrace.gateway.ingest;

import io.cloudevents.CloudEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Writes events to their streams. A write never blocks the caller: Kafka's producer may wait for
 * metadata or memory, so it is called on threads of its own, and what waits for the broker is
 * bounded by bytes. Safe for use by several threads.
 */
public final class EventLog implements AutoCloseable {

  private static final int THREADS = 2;
  private static final int QUEUE = 10_000;

  /** What an event costs in memory beside its bytes, about. */
  private static final long OVERHEAD = 512;

  private final Producer<byte[], byte[]> producer;
  private final MillraceTopics topics;
  private final Duration maxBlock;
  private final int limit;
  private final Semaphore free;
  private final IngestMetrics metrics;
  private final ThreadPoolExecutor writers;

  EventLog(
      Producer<byte[], byte[]> producer,
      MillraceTopics topics,
      IngestConfig config,
      MeterRegistry registry) {
    this.producer = producer;
    this.topics = topics;
    this.maxBlock = config.maxBlock();
    this.limit = config.maxInFlightBytes();
    this.free = new Semaphore(limit);
    this.metrics = new IngestMetrics(registry, () -> limit - free.availablePermits());
    this.writers =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            EventLog::thread);
  }

  /**
   * Writes events in their order; the stage holds what became of each, when all are decided. It
   * fails with {@link HttpProblem} when too much waits for the broker already: nothing was written
   * then.
   */
  public CompletionStage<List<Outcome>> append(List<StreamEvent> events) {
    List<ProducerRecord<byte[], byte[]>> records = events.stream().map(this::record).toList();
    int weight = (int) Math.min(limit, records.stream().mapToLong(EventLog::weight).sum());
    if (!free.tryAcquire(weight)) {
      return CompletableFuture.failedFuture(busy());
    }
    Write write = new Write(producer, events, records, maxBlock, metrics);
    try {
      writers.execute(write);
    } catch (RejectedExecutionException e) {
      free.release(weight);
      return CompletableFuture.failedFuture(busy());
    }
    return write.outcome().whenComplete((outcome, failure) -> free.release(weight));
  }

  private ProducerRecord<byte[], byte[]> record(StreamEvent event) {
    CloudEvent cloudEvent = event.event();
    return EventRecords.write(topics.stream(event.stream()), cloudEvent);
  }

  private static long weight(ProducerRecord<byte[], byte[]> record) {
    long weight = OVERHEAD + (record.value() == null ? 0 : record.value().length);
    for (Header header : record.headers()) {
      weight += header.value() == null ? 0 : header.value().length;
    }
    return weight;
  }

  private static HttpProblem busy() {
    return HttpProblem.of(
            Trouble.UNAVAILABLE, "request", "came while too many events wait for the broker")
        .with("Retry-After", "1");
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "millrace-ingest");
    thread.setDaemon(true);
    return thread;
  }

  /** Waits a little for what is under way. */
  @Override
  public void close() {
    writers.shutdown();
    producer.close(maxBlock.plusSeconds(1));
    writers.shutdownNow();
  }
}
