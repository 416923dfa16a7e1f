package io.millrace.gateway.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.model.kafka.MillraceTopics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Opens the log with the producer that it promises: idempotent, acknowledged by all in sync. */
public final class LogProducer {

  private static final int BATCH_BYTES = 128 * 1024;
  private static final int MAX_REQUEST_TIMEOUT_MILLIS = 3_000;

  private LogProducer() {}

  /**
   * Opens it; nothing is sent yet.
   *
   * @param clients settings that every Kafka client of the service gets
   * @param maxBodyBytes of a request, which an event cannot exceed by much
   */
  public static EventLog open(
      Map<String, Object> clients,
      MillraceTopics topics,
      IngestConfig config,
      int maxBodyBytes,
      MeterRegistry registry) {
    return new EventLog(
        new KafkaProducer<>(settings(clients, config, maxBodyBytes)), topics, config, registry);
  }

  private static Map<String, Object> settings(
      Map<String, Object> clients, IngestConfig config, int maxBodyBytes) {
    int delivery = (int) config.deliveryTimeout().toMillis();
    // Kafka wants the delivery timeout to cover a request and the linger before it.
    int request = Math.min(MAX_REQUEST_TIMEOUT_MILLIS, delivery - config.lingerMillis());
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "millrace-gateway-ingest");
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, config.lingerMillis());
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, config.compression());
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, config.maxBlock().toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, request);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Math.max(1 << 20, maxBodyBytes) + 65_536);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * config.maxInFlightBytes());
    return settings;
  }
}
