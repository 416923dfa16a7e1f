package io.millrace.server.events.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka clients of one event bus, with the settings that its promises rest on. */
record Clients(ServerEventsConfig config) {

  private static final int BATCH_BYTES = 128 * 1024;
  private static final int FETCH_BYTES = 8 << 20;

  Admin admin() {
    return Admin.create(settings("admin"));
  }

  /** Idempotent, acknowledged by all in sync, with bounded memory. */
  Producer<byte[], byte[]> producer() {
    int delivery = config.getInt(ServerEventsConfig.DELIVERY_TIMEOUT);
    int linger = config.getInt(ServerEventsConfig.LINGER);
    Map<String, Object> settings = new HashMap<>(settings("notify"));
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // With several, the first events to a new partition can be overtaken by the next ones and are
    // then refused until they time out (KAFKA-15591): lost, if nobody looks at their handles.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, linger);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(
        ProducerConfig.COMPRESSION_TYPE_CONFIG, config.getString(ServerEventsConfig.COMPRESSION));
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
    // Kafka wants the delivery timeout to cover a request and the linger before it.
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.min(30_000, delivery - linger));
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(60_000, delivery));
    settings.put(
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        2L * config.getInt(ServerEventsConfig.MAX_IN_FLIGHT_BYTES));
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** A member of the application's group. */
  Consumer<byte[], byte[]> member() {
    Map<String, Object> settings = reading("handle");
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.group());
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Of no group. */
  Consumer<byte[], byte[]> broadcast() {
    Map<String, Object> settings = reading("broadcast");
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private Map<String, Object> reading(String role) {
    Map<String, Object> settings = new HashMap<>(settings(role));
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // Only where the log no longer holds a position: nothing that is left is passed over.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    return settings;
  }

  private Map<String, Object> settings(String role) {
    Map<String, Object> settings = new HashMap<>(config.clientSettings());
    settings.put("client.id", "server-events-" + config.applicationId() + "-" + role);
    return settings;
  }
}
