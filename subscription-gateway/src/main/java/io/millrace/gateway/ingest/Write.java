package io.millrace.gateway.ingest;

import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.ingest.Outcome.Failed;
import io.millrace.gateway.ingest.Outcome.Stored;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events of one request on their way to the broker. */
final class Write implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Write.class);
  private static final Failed UNAVAILABLE =
      new Failed(Trouble.UNAVAILABLE, "was not taken by the broker in time");
  private static final Failed TOO_LARGE =
      new Failed(Trouble.TOO_LARGE, "is larger than the broker takes");

  private final Producer<byte[], byte[]> producer;
  private final List<StreamEvent> events;
  private final List<ProducerRecord<byte[], byte[]>> records;
  private final Duration maxWait;
  private final IngestMetrics metrics;
  private final long begun = System.nanoTime();
  private final AtomicReferenceArray<@Nullable Outcome> outcomes;
  private final AtomicInteger open;
  private final CompletableFuture<List<Outcome>> outcome = new CompletableFuture<>();

  Write(
      Producer<byte[], byte[]> producer,
      List<StreamEvent> events,
      List<ProducerRecord<byte[], byte[]>> records,
      Duration maxWait,
      IngestMetrics metrics) {
    this.producer = producer;
    this.events = events;
    this.records = records;
    this.maxWait = maxWait;
    this.metrics = metrics;
    this.outcomes = new AtomicReferenceArray<>(records.size());
    this.open = new AtomicInteger(records.size());
    if (records.isEmpty()) {
      outcome.complete(List.of());
    }
  }

  CompletableFuture<List<Outcome>> outcome() {
    return outcome;
  }

  @Override
  public void run() {
    // Those ahead may each have waited for a broker that is away: then this one need not try too.
    boolean hopeless = System.nanoTime() - begun > maxWait.toNanos();
    for (int i = 0; i < records.size(); i++) {
      if (hopeless) {
        decide(i, UNAVAILABLE);
      } else {
        send(i);
        hopeless = outcomes.get(i) == UNAVAILABLE;
      }
    }
  }

  private void send(int i) {
    try {
      Future<RecordMetadata> unused =
          producer.send(records.get(i), (metadata, failure) -> answered(i, metadata, failure));
    } catch (KafkaException | IllegalStateException e) {
      answered(i, null, e);
    }
  }

  private void answered(int i, @Nullable RecordMetadata metadata, @Nullable Exception failure) {
    if (failure == null && metadata != null) {
      decide(i, new Stored(events.get(i).stream(), metadata.offset() + 1));
    } else if (failure instanceof RecordTooLargeException) {
      decide(i, TOO_LARGE);
    } else {
      LOG.warn("Kafka did not take an event of {}: {}", events.get(i).stream(), cause(failure));
      decide(i, UNAVAILABLE);
    }
  }

  private static String cause(@Nullable Exception failure) {
    return failure == null ? "no metadata" : failure.toString();
  }

  private void decide(int i, Outcome decided) {
    if (!outcomes.compareAndSet(i, null, decided)) {
      return;
    }
    String stream = events.get(i).stream();
    if (decided instanceof Stored) {
      byte @Nullable [] value = records.get(i).value();
      metrics.stored(stream, value == null ? 0 : value.length);
    } else {
      metrics.failed(stream);
    }
    if (open.decrementAndGet() == 0) {
      metrics.acknowledged(System.nanoTime() - begun);
      outcome.complete(
          IntStream.range(0, records.size()).<Outcome>mapToObj(this::decided).toList());
    }
  }

  private Outcome decided(int i) {
    Outcome decided = outcomes.get(i);
    return decided == null ? UNAVAILABLE : decided;
  }
}
