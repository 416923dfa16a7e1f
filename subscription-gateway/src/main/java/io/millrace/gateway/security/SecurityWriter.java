package io.millrace.gateway.security;

import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.SecurityFollower;
import io.millrace.model.security.SecurityJson;
import io.millrace.model.security.SecurityRules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes the security topic; returns when all replicas have what was written. */
final class SecurityWriter implements AutoCloseable {

  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Producer<byte[], byte[]> producer;
  private final String topic;

  SecurityWriter(Map<String, ?> clients, MillraceTopics topics) {
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "millrace-gateway-security");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 15_000);
    var serializer = new ByteArraySerializer();
    this.producer = new KafkaProducer<>(settings, serializer, serializer);
    this.topic = topics.security();
  }

  /**
   * Writes the rules.
   *
   * @return the record's offset
   * @throws KafkaException if it could not be written
   */
  long write(SecurityRules rules) throws InterruptedException {
    return put(SecurityFollower.RULES, SecurityJson.write(rules));
  }

  long write(OwnersKnown.News news) throws InterruptedException {
    return put(
        SecurityFollower.key(news.user()),
        news.roles() == null ? null : SecurityJson.write(news.roles()));
  }

  private long put(String key, byte @Nullable [] value) throws InterruptedException {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return producer.send(new ProducerRecord<>(topic, bytes, value)).get().offset();
    } catch (ExecutionException e) {
      throw new KafkaException("the security topic could not be written", e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
