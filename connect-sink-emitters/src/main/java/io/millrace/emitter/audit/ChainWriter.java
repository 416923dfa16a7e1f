package io.millrace.emitter.audit;

import io.millrace.model.audit.AuditEntry;
import io.millrace.model.audit.AuditRecords;
import io.millrace.model.audit.AuditSource;
import io.millrace.model.audit.AuditTail;
import io.millrace.model.audit.ChainLink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Appends to one audit log, a transaction for each call. While it is open no other writer can
 * append: opening fences the one before. After any error, and when it was idle, it is opened anew
 * by the next call, and the log itself says what it holds. Safe for use by several threads.
 */
final class ChainWriter implements AutoCloseable {

  private final LogClients clients;
  private final String log;
  private final Clock clock;
  private @Nullable Open open;
  private Instant lastUse;

  /**
   * Contacts nobody yet.
   *
   * @param log name of the Kafka topic
   */
  ChainWriter(LogClients clients, String log, Clock clock) {
    this.clients = clients;
    this.log = log;
    this.clock = clock;
    this.lastUse = clock.instant();
  }

  /**
   * An event that is to be recorded.
   *
   * @param document in canonical form
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
  record Pending(AuditSource source, byte[] document) {}

  private static final class Open {
    private final Producer<byte[], byte[]> producer;
    private ChainLink head;
    private Optional<AuditSource> newest;

    Open(Producer<byte[], byte[]> producer, AuditTail newest) {
      this.producer = producer;
      this.head = newest.link();
      this.newest = newest.source();
    }
  }

  /**
   * Returns when all of the events are in the log; those that were in it already are passed over.
   *
   * @param events in the order of their offsets
   * @throws KafkaException if none, or perhaps all, of them were recorded
   * @throws InterruptedException if interrupted while the log's topic is made
   */
  synchronized void append(List<Pending> events) throws InterruptedException {
    lastUse = clock.instant();
    try {
      Open current = open == null ? open() : open;
      open = current;
      record(events, current);
    } catch (InterruptException e) {
      forget();
      Thread.currentThread().interrupt();
      throw e;
    } catch (RuntimeException e) {
      forget();
      throw e;
    }
  }

  /** Lets go of the producer if nobody needed it since then. */
  synchronized void closeIfIdleSince(Instant instant) {
    if (lastUse.isBefore(instant)) {
      close();
    }
  }

  @Override
  public synchronized void close() {
    forget();
  }

  private Open open() throws InterruptedException {
    clients.makeLog(log);
    Producer<byte[], byte[]> producer = clients.producer(log);
    try {
      producer.initTransactions();
      return new Open(producer, clients.newest(log));
    } catch (RuntimeException e) {
      producer.close(Duration.ZERO);
      throw e;
    }
  }

  private void record(List<Pending> events, Open current) {
    List<Pending> unrecorded =
        events.stream().filter(each -> !each.source().isRecordedIn(current.newest)).toList();
    if (unrecorded.isEmpty()) {
      return;
    }
    current.producer.beginTransaction();
    ChainLink link = current.head;
    for (Pending event : unrecorded) {
      AuditEntry entry = link.next(clock.instant(), event.document());
      var unused = current.producer.send(AuditRecords.write(log, entry, event.source()));
      link = entry.link();
    }
    // Waits for all of them, and throws what any of them failed with.
    current.producer.commitTransaction();
    current.head = link;
    current.newest = Optional.of(unrecorded.get(unrecorded.size() - 1).source());
  }

  private void forget() {
    Open current = open;
    open = null;
    if (current != null) {
      current.producer.close(Duration.ZERO);
    }
  }
}
