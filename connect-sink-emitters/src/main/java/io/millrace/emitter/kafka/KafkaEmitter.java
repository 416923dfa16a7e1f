package io.millrace.emitter.kafka;

import io.millrace.emitter.identity.EmitterIdentity;
import io.millrace.emitter.kafka.KafkaRecords.NoKeyException;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.payload.InvalidDataException;
import io.millrace.filter.feel.EvaluationFailedException;
import io.millrace.model.emitter.KafkaParameters;
import io.millrace.model.identity.Credentials;
import io.millrace.model.identity.Credentials.SaslPlain;
import io.millrace.model.identity.Identity;
import io.millrace.model.kafka.KafkaCluster;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes each event to one topic of one cluster. */
final class KafkaEmitter implements Emitter {

  private final KafkaParameters parameters;
  private final KafkaRecords records;
  private final EmitterIdentity identity;
  private final ProducerPool producers;

  KafkaEmitter(
      KafkaParameters parameters,
      KafkaRecords records,
      EmitterIdentity identity,
      ProducerPool producers) {
    this.parameters = parameters;
    this.records = records;
    this.identity = identity;
    this.producers = producers;
  }

  /** One event at a time: of several one could fail and a later one of its key be written. */
  @Override
  public CompletionStage<Outcome> emit(List<Emission> emissions) {
    ProducerRecord<byte[], byte[]> record;
    try {
      record = records.record(emissions.get(0));
    } catch (InvalidDataException e) {
      return CompletableFuture.completedStage(Outcome.rejected(e.reason()));
    } catch (EvaluationFailedException e) {
      return CompletableFuture.completedStage(
          Outcome.rejected("keyExpression has no value: " + e.reason()));
    } catch (NoKeyException e) {
      return CompletableFuture.completedStage(Outcome.rejected(String.valueOf(e.getMessage())));
    }
    return identity.current().thenCompose(known -> send(record, known));
  }

  private CompletionStage<Outcome> send(
      ProducerRecord<byte[], byte[]> record, Optional<Identity> known) {
    Credentials credentials = known.map(Identity::credentials).orElse(null);
    if (credentials != null && !(credentials instanceof SaslPlain)) {
      return CompletableFuture.completedStage(
          new Outcome.Refused(
              "the identity is of type %s, and Kafka takes saslPlain".formatted(credentials.type()),
              null));
    }
    return producers
        .find(new KafkaCluster(parameters.brokers(), (@Nullable SaslPlain) credentials))
        .thenCompose(producer -> producer.send(record));
  }
}
