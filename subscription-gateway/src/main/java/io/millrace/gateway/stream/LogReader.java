package io.millrace.gateway.stream;

import io.millrace.model.event.EventRecords;
import io.millrace.model.event.UnreadableEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads streams from Kafka. Belongs to one thread, except for {@link #wake}. */
public final class LogReader implements PastReader, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

  // What a record takes beside its value: attributes as objects, and the objects around them.
  private static final int OVERHEAD = 1_000;

  private final KafkaConsumer<byte[], byte[]> consumer;

  public LogReader(Map<String, ?> clients) {
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
    var bytes = new ByteArrayDeserializer();
    consumer = new KafkaConsumer<>(settings, bytes, bytes);
  }

  @Override
  public Block read(TopicPartition partition, long from, Duration patience) {
    Block block = read(Map.of(partition, from), patience).get(partition);
    return block == null ? new Block(from, from, List.of(), 0) : block;
  }

  /**
   * Reads what comes first at or after an offset of each partition, waiting a little until there is
   * something in any of them.
   *
   * @return blocks of those where the position has moved
   * @throws OffsetOutOfRangeException if a log begins later or ends before
   */
  Map<TopicPartition, Block> read(Map<TopicPartition, Long> from, Duration patience) {
    if (!consumer.assignment().equals(from.keySet())) {
      consumer.assign(from.keySet());
      from.forEach(consumer::seek);
    }
    from.forEach(
        (partition, offset) -> {
          if (consumer.position(partition) != offset) {
            consumer.seek(partition, offset);
          }
        });
    ConsumerRecords<byte[], byte[]> records = consumer.poll(patience);
    Map<TopicPartition, Block> blocks = new HashMap<>();
    from.forEach(
        (partition, offset) -> {
          long to = consumer.position(partition);
          if (to > offset) {
            blocks.put(partition, block(partition, offset, to, records.records(partition)));
          }
        });
    return blocks;
  }

  private static Block block(
      TopicPartition partition, long from, long to, List<ConsumerRecord<byte[], byte[]>> records) {
    List<StreamedEvent> events = new ArrayList<>(records.size());
    long bytes = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        var event = EventRecords.read(record.headers(), record.value());
        events.add(new StreamedEvent(record.offset() + 1, record.timestamp(), event));
        bytes += OVERHEAD + Math.max(0, record.serializedValueSize());
      } catch (UnreadableEventException e) {
        LOG.debug("{} at {} is passed over: {}", partition, record.offset(), e.getMessage());
      }
    }
    return new Block(from, to, events, bytes);
  }

  @Override
  public long beginning(TopicPartition partition) {
    return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  /** The numbers of a topic's partitions; none if there is no such topic. */
  List<Integer> partitions(String topic) {
    return consumer.partitionsFor(topic).stream().map(PartitionInfo::partition).toList();
  }

  @Override
  public long end(TopicPartition partition) {
    return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  /** Ends what the reader waits for, on any thread. */
  void wake() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
