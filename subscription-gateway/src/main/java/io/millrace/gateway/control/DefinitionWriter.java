package io.millrace.gateway.control;

import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes emitter definitions to Kafka, durably. Safe for use by several threads. */
final class DefinitionWriter implements AutoCloseable {

  private static final int DELIVERY_TIMEOUT_MS = 10_000;
  private static final int REQUEST_TIMEOUT_MS = 5_000;
  private static final int MAX_BLOCK_MS = 5_000;
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Producer<byte[], byte[]> producer;
  private final TopicProvisioner provisioner;
  private final MillraceTopics topics;
  private final int partitions;

  DefinitionWriter(
      Map<String, ?> clientConfig,
      TopicProvisioner provisioner,
      MillraceTopics topics,
      int partitions) {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    var serializer = new ByteArraySerializer();
    this.producer = new KafkaProducer<>(config, serializer, serializer);
    this.provisioner = provisioner;
    this.topics = topics;
    this.partitions = partitions;
  }

  /**
   * Writes definitions, after each emitter's topic exists. Returns when the broker has them: the
   * offset of the last, -1 if there are none.
   *
   * @throws KafkaException if one of them could not be written
   */
  long write(Collection<EmitterDefinition> definitions) throws InterruptedException {
    ensureTopics(definitions);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (EmitterDefinition definition : definitions) {
      sent.add(send(definition.id(), DefinitionJson.write(definition)));
    }
    return await(sent);
  }

  /**
   * Removes the definitions of these emitters. Returns, as {@link #write}, when that is written.
   */
  long remove(Collection<String> emitterIds) throws InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    emitterIds.forEach(id -> sent.add(send(id, null)));
    return await(sent);
  }

  /**
   * Removes what the lanes of an emitter that is no more last reported, so that whoever gets its id
   * does not begin with it. Returns, as {@link #write}, when that is written.
   *
   * @param partitions how many the emitter's topic has
   */
  void removeStatuses(String emitterId, int partitions) throws InterruptedException {
    provisioner.ensure(List.of(TopicProvisioner.compacted(topics.emitterStatus())));
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      sent.add(send(topics.emitterStatus(), EmitterStatus.key(emitterId, partition), null));
    }
    long unused = await(sent);
  }

  /** Makes sure that the emitters' topics exist. */
  void ensureTopics(Collection<EmitterDefinition> definitions) throws InterruptedException {
    provisioner.ensure(
        definitions.stream()
            .map(
                each ->
                    TopicProvisioner.log(topics.emitter(each.type(), each.id()), partitions(each)))
            .toList());
  }

  /** An audit log is one chain, with one writer. */
  private int partitions(EmitterDefinition definition) {
    return definition.type() == EmitterType.AUDIT ? 1 : partitions;
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }

  private Future<RecordMetadata> send(String id, byte @Nullable [] json) {
    return send(topics.emitters(), id, json);
  }

  private Future<RecordMetadata> send(String topic, String key, byte @Nullable [] json) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return producer.send(new ProducerRecord<>(topic, bytes, json));
  }

  private static long await(List<Future<RecordMetadata>> sent) throws InterruptedException {
    long offset = -1;
    for (Future<RecordMetadata> each : sent) {
      try {
        offset = each.get().offset();
      } catch (ExecutionException e) {
        throw new KafkaException("a definition or status could not be written", e.getCause());
      }
    }
    return offset;
  }
}
