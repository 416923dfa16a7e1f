package io.millrace.emitter.audit;

import io.cloudevents.CloudEvent;
import io.millrace.emitter.audit.ChainWriter.Pending;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.payload.EventJson;
import io.millrace.emitter.payload.InvalidDataException;
import io.millrace.model.audit.AuditSource;
import io.millrace.model.audit.CanonicalJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** Records events in the order of their offsets, for one lane. */
final class AuditEmitter implements Emitter {

  private final ChainWriter writer;
  private final LogClients clients;
  private final Executor executor;
  private final int batch;
  // Attempts do not overlap. A topic that was created anew has a new lane, and that a new emitter.
  private volatile @Nullable String topicId;

  /**
   * Contacts nobody yet.
   *
   * @param executor its threads may wait for Kafka
   */
  AuditEmitter(ChainWriter writer, LogClients clients, Executor executor, int batch) {
    this.writer = writer;
    this.clients = clients;
    this.executor = executor;
    this.batch = batch;
  }

  @Override
  public int batch() {
    return batch;
  }

  /** A chain has one end. */
  @Override
  public int maxInFlight() {
    return 1;
  }

  @Override
  public CompletionStage<Outcome> emit(List<Emission> emissions) {
    return CompletableFuture.supplyAsync(() -> record(emissions), executor);
  }

  private Outcome record(List<Emission> emissions) {
    if (emissions.get(0).partition().partition() != 0) {
      return new Outcome.Refused(
          "an audit log is one chain: its events must come from a topic of one partition", null);
    }
    try {
      List<Pending> events = new ArrayList<>(emissions.size());
      Outcome unusable = null;
      for (Emission emission : emissions) {
        try {
          events.add(pending(emission));
        } catch (InvalidDataException e) {
          unusable = Outcome.rejected(e.reason());
          break;
        } catch (IOException e) {
          unusable = Outcome.rejected("the event cannot be written as JSON: " + e.getMessage());
          break;
        }
      }
      writer.append(events);
      if (unusable == null) {
        return Outcome.DELIVERED;
      }
      return events.isEmpty() ? unusable : new Outcome.Partly(events.size(), unusable);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Outcome.retry("the task is being stopped");
    } catch (KafkaException e) {
      return failure(e);
    }
  }

  private Pending pending(Emission emission)
      throws InvalidDataException, IOException, InterruptedException {
    CloudEvent event = emission.event();
    byte[] document = CanonicalJson.of(EventJson.document(event, false));
    return new Pending(
        new AuditSource(topicId(emission.partition().topic()), emission.offset()), document);
  }

  private String topicId(String topic) throws InterruptedException {
    String known = topicId;
    if (known == null) {
      known = clients.topicId(topic);
      topicId = known;
    }
    return known;
  }

  private static Outcome failure(KafkaException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof RecordTooLargeException) {
        return Outcome.rejected("the event is too large for the audit log");
      }
      if (cause instanceof AuthorizationException) {
        return new Outcome.Refused("the audit log may not be written: " + cause.getMessage(), null);
      }
    }
    Throwable reason = e.getCause() == null ? e : e.getCause();
    return Outcome.retry("the audit log cannot be written now: " + reason);
  }
}
