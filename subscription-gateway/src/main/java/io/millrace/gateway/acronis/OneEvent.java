package io.millrace.gateway.acronis;

import io.cloudevents.CloudEvent;
import io.millrace.model.acronis.AcronisEvent;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads one event from where it stands in Kafka. Blocks; safe for use by several threads. */
final class OneEvent {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, Object> settings;
  private final MillraceTopics topics;

  OneEvent(Map<String, Object> clients, MillraceTopics topics) {
    this.topics = topics;
    this.settings = new HashMap<>(clients);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "millrace-gateway-event");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    settings.put(
        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
  }

  /**
   * The event at a place; empty if there is none, or none of Acronis's.
   *
   * @throws KafkaException if the broker does not answer
   */
  Optional<AcronisEvent> read(String stream, long sequence) {
    TopicPartition partition = new TopicPartition(topics.stream(stream), 0);
    var bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      consumer.assign(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      if (sequence > end) {
        return Optional.empty();
      }
      consumer.seek(partition, sequence - 1);
      long begin = System.nanoTime();
      while (consumer.position(partition) < sequence) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
          return record.offset() == sequence - 1 ? event(record) : Optional.empty();
        }
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
          throw new TimeoutException("the event was not read in time");
        }
      }
      return Optional.empty();
    } catch (OffsetOutOfRangeException e) {
      return Optional.empty();
    }
  }

  private static Optional<AcronisEvent> event(ConsumerRecord<byte[], byte[]> record) {
    try {
      CloudEvent event = EventRecords.read(record.headers(), record.value());
      return AcronisEvent.tenant(event) == null
          ? Optional.empty()
          : Optional.of(
              new AcronisEvent(
                  event, record.offset() + 1, Instant.ofEpochMilli(record.timestamp())));
    } catch (UnreadableEventException e) {
      return Optional.empty();
    }
  }
}
