package io.millrace.gateway.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last mail about each emitter, in a compacted Kafka topic of one partition: whoever sends the
 * next one knows of it, also after a crash. For use by one thread.
 */
final class SentMails implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SentMails.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(2);
  private static final int DELIVERY_TIMEOUT_MS = 30_000;
  private static final ObjectMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final Map<String, Object> clientConfig;
  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final Map<String, SentMail> last = new HashMap<>();

  SentMails(Map<String, ?> clientConfig, String topic) {
    this.clientConfig = new HashMap<>(clientConfig);
    this.topic = topic;
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Reads what others have sent, up to the topic's end now. */
  void load() {
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    TopicPartition partition = new TopicPartition(topic, 0);
    var bytes = new ByteArrayDeserializer();
    last.clear();
    try (var consumer = new KafkaConsumer<>(config, bytes, bytes)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(POLL).forEach(this::take);
      }
    }
  }

  @Nullable SentMail last(String emitterId) {
    return last.get(emitterId);
  }

  /** Returns when all replicas know of it. */
  void put(String emitterId, SentMail mail) throws InterruptedException {
    try {
      write(emitterId, JSON.writeValueAsBytes(mail));
      last.put(emitterId, mail);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a mail's record could not be written", e);
    }
  }

  /** Another emitter may have that id from now on. */
  void forget(String emitterId) throws InterruptedException {
    if (last.containsKey(emitterId)) {
      write(emitterId, null);
      last.remove(emitterId);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    String id = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      last.remove(id);
      return;
    }
    try {
      last.put(id, JSON.readValue(record.value(), SentMail.class));
    } catch (IOException e) {
      LOG.warn("What stands about mails at offset {} cannot be read", record.offset(), e);
    }
  }

  private void write(String emitterId, byte @Nullable [] value) throws InterruptedException {
    byte[] key = emitterId.getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(new ProducerRecord<>(topic, 0, key, value)).get();
    } catch (ExecutionException e) {
      throw new KafkaException("a mail could not be recorded", e.getCause());
    }
  }
}
