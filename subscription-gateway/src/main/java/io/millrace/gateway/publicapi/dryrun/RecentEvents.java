package io.millrace.gateway.publicapi.dryrun;

import io.cloudevents.CloudEvent;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the newest events of all streams, anew for each who asks, within bounds. */
final class RecentEvents {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final long MOST_BYTES = 32 << 20;
  private static final int FETCH_BYTES = 8 << 20;

  private final Map<String, Object> clientConfig;
  private final MillraceTopics topics;
  private final LongSupplier nanos;

  RecentEvents(Map<String, ?> clients, MillraceTopics topics, LongSupplier nanos) {
    this.topics = topics;
    this.nanos = nanos;
    clientConfig = new HashMap<>(clients);
    clientConfig.put(ConsumerConfig.CLIENT_ID_CONFIG, "millrace-gateway-dry-run");
    clientConfig.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    clientConfig.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    clientConfig.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    clientConfig.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    clientConfig.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    clientConfig.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
  }

  /**
   * An event and where it stands.
   *
   * @param stream name of the stream's Kafka topic
   */
  record Placed(CloudEvent event, String stream, int partition, long offset, long timestamp) {}

  /**
   * What was read.
   *
   * @param events the newest, oldest first
   * @param complete whether time and memory allowed all of them
   */
  record Read(List<Placed> events, boolean complete) {}

  /** Reads the newest of those that may be seen; not for use on a thread that serves requests. */
  Read newest(int most, Predicate<CloudEvent> visible, Duration timeout) {
    long deadline = nanos.getAsLong() + timeout.toNanos();
    var deserializer = new ByteArrayDeserializer();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(clientConfig, deserializer, deserializer)) {
      Map<TopicPartition, Long> ends = seek(consumer, most);
      Newest newest = new Newest(most);
      while (!ends.isEmpty() && nanos.getAsLong() - deadline < 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          take(record, visible, newest);
        }
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        consumer.pause(
            consumer.assignment().stream().filter(each -> !ends.containsKey(each)).toList());
      }
      return new Read(newest.sorted(), ends.isEmpty() && !newest.overflowed);
    }
  }

  /** Places the consumer before the newest of each partition; the ends of those with any. */
  private Map<TopicPartition, Long> seek(Consumer<?, ?> consumer, int most) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (List<PartitionInfo> topic : consumer.listTopics().values()) {
      for (PartitionInfo each : topic) {
        if (topics.streams().matcher(each.topic()).matches()) {
          partitions.add(new TopicPartition(each.topic(), each.partition()));
        }
      }
    }
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    consumer.assign(partitions);
    ends.forEach(
        (partition, end) ->
            consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - most)));
    ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    return ends;
  }

  private static void take(
      ConsumerRecord<byte[], byte[]> record, Predicate<CloudEvent> visible, Newest newest) {
    try {
      CloudEvent event = EventRecords.read(record.headers(), record.value());
      if (visible.test(event)) {
        newest.add(
            new Placed(
                event, record.topic(), record.partition(), record.offset(), record.timestamp()),
            Math.max(0, record.serializedValueSize()));
      }
    } catch (UnreadableEventException e) {
      // Nobody emits it; the router has put it into the dead letters.
    }
  }

  /** The newest so far. */
  private static final class Newest {

    private static final Comparator<Placed> ORDER =
        Comparator.comparingLong(Placed::timestamp).thenComparingLong(Placed::offset);

    private final PriorityQueue<Map.Entry<Placed, Integer>> kept =
        new PriorityQueue<>(Map.Entry.comparingByKey(ORDER));
    private final int most;
    private long bytes;
    private boolean overflowed;

    Newest(int most) {
      this.most = most;
    }

    void add(Placed placed, int size) {
      kept.add(Map.entry(placed, size));
      bytes += size;
      while (kept.size() > most || (bytes > MOST_BYTES && kept.size() > 1)) {
        overflowed |= kept.size() <= most;
        bytes -= kept.remove().getValue();
      }
    }

    List<Placed> sorted() {
      return kept.stream().map(Map.Entry::getKey).sorted(ORDER).toList();
    }
  }
}
