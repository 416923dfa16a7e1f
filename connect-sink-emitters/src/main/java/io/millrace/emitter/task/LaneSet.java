package io.millrace.emitter.task;

import io.cloudevents.CloudEvent;
import io.millrace.emitter.lane.Delivery;
import io.millrace.emitter.lane.Lane;
import io.millrace.model.event.UnreadableEventException;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lanes of the partitions that a task has now. For use by the task's thread. */
final class LaneSet {

  private static final Logger LOG = LoggerFactory.getLogger(LaneSet.class);

  // While a full lane is busy there is soon room again, and nothing else would end the poll.
  private static final long BUSY_MS = 10;
  // New definitions are to be served, and progress to be committed, within about this time.
  private static final long IDLE_MS = 250;
  private static final long COMMIT_INTERVAL_MS = 1_000;

  /** A partition's lane. Mutable, for the task's thread. */
  private static final class Served {
    final Lane lane;
    @Nullable EmitterSpec spec;
    long next = -1;
    long committed = -1;
    boolean paused;

    Served(Lane lane) {
      this.lane = lane;
    }
  }

  private final Map<TopicPartition, Served> lanes = new HashMap<>();
  private final Function<TopicPartition, Lane> factory;
  private final Definitions definitions;
  private final Outlet outlet;
  private final Predicate<CloudEvent> wanted;
  private final long bufferBytes;
  private final Clock clock;
  private long definitionsSeen;
  private long lastCommit;

  /**
   * Without lanes at first.
   *
   * @param factory creates the lane of a partition
   * @param wanted what does not satisfy it is not emitted
   * @param bufferBytes of events that all lanes together hold, in equal shares
   */
  LaneSet(
      Function<TopicPartition, Lane> factory,
      Definitions definitions,
      Outlet outlet,
      Predicate<CloudEvent> wanted,
      long bufferBytes,
      Clock clock) {
    this.factory = factory;
    this.definitions = definitions;
    this.outlet = outlet;
    this.wanted = wanted;
    this.bufferBytes = bufferBytes;
    this.clock = clock;
    this.definitionsSeen = definitions.version();
  }

  void open(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> lanes.put(partition, served(partition)));
  }

  /** Drops what was not delivered: whoever has the partitions next reads it again. */
  void close(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      Served served = lanes.remove(partition);
      if (served != null) {
        served.lane.close();
      }
    }
  }

  void closeAll() {
    close(List.copyOf(lanes.keySet()));
  }

  /** Takes over what was defined, changed or removed since the last call. */
  void followDefinitions() {
    long version = definitions.version();
    if (version != definitionsSeen) {
      definitionsSeen = version;
      lanes.forEach(this::useDefinition);
    }
  }

  /** Puts a record in its lane, unless nobody wants it. */
  void take(SinkRecord record) {
    TopicPartition partition =
        new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    Served served = lanes.computeIfAbsent(partition, this::served);
    if (record.originalKafkaOffset() < served.next) {
      served = startAgain(partition, served);
    }
    served.next = record.originalKafkaOffset() + 1;
    if (served.committed < 0) {
      served.committed = record.originalKafkaOffset();
    }
    try {
      CloudEvent event = RecordReader.event(record);
      if (wanted.test(event)) {
        served.lane.add(Delivery.of(record, RecordReader.key(record, event), event));
      }
    } catch (UnreadableEventException e) {
      bury(served.lane, record, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // One record must never stop the task, whatever is in it.
      bury(served.lane, record, "not a CloudEvent: " + e);
    }
  }

  private static void bury(Lane lane, SinkRecord record, String cause) {
    lane.add(Delivery.unreadable(record, RecordReader.key(record, null), cause));
  }

  void deliver() {
    lanes.values().forEach(served -> served.lane.deliver());
  }

  /** Tells Connect which partitions to leave for now, and when to come again at the latest. */
  void pace(SinkTaskContext context) {
    long now = clock.millis();
    long wake = now + IDLE_MS;
    long share = bufferBytes / Math.max(1, lanes.size());
    boolean progress = false;
    Set<TopicPartition> pause = new HashSet<>();
    Set<TopicPartition> resume = new HashSet<>();
    for (Map.Entry<TopicPartition, Served> entry : lanes.entrySet()) {
      Served served = entry.getValue();
      served.lane.share(share);
      boolean full = served.lane.isFull();
      if (full != served.paused) {
        served.paused = full;
        (full ? pause : resume).add(entry.getKey());
      }
      if (full && served.lane.isBusy()) {
        wake = Math.min(wake, now + BUSY_MS);
      }
      wake = Math.min(wake, served.lane.nextDue());
      progress |= served.lane.watermark(served.next) > served.committed;
    }
    if (!pause.isEmpty()) {
      context.pause(pause.toArray(TopicPartition[]::new));
    }
    if (!resume.isEmpty()) {
      context.resume(resume.toArray(TopicPartition[]::new));
    }
    if (progress && now - lastCommit >= COMMIT_INTERVAL_MS) {
      lastCommit = now;
      context.requestCommit();
    }
    context.timeout(Math.max(1, wake - now));
  }

  /**
   * Up to where each partition is settled, with everything before it made durable.
   *
   * @param consumed where the consumer stands in each
   */
  Map<TopicPartition, OffsetAndMetadata> settled(
      Map<TopicPartition, OffsetAndMetadata> consumed, SinkTaskContext context) {
    Map<TopicPartition, OffsetAndMetadata> settled = new HashMap<>();
    consumed.forEach(
        (partition, position) -> {
          Served served = lanes.get(partition);
          if (served == null) {
            return;
          }
          if (served.next < 0) {
            // Nothing was read since the lane began. If it began again, the consumer may not have
            // gone back yet, and its place is beyond what may be lost.
            if (served.committed < 0) {
              settled.put(partition, position);
            }
            return;
          }
          try {
            long offset = served.lane.flushed(position.offset());
            served.committed = offset;
            settled.put(partition, new OffsetAndMetadata(offset));
          } catch (IOException e) {
            LOG.warn("{} is read again from offset {}", partition, served.committed, e);
            context.offset(partition, startAgain(partition, served).committed);
          }
        });
    return settled;
  }

  private Served served(TopicPartition partition) {
    Served served = new Served(factory.apply(partition));
    useDefinition(partition, served);
    return served;
  }

  private Served startAgain(TopicPartition partition, Served before) {
    before.lane.close();
    Served served = served(partition);
    served.committed = before.committed;
    served.paused = before.paused;
    lanes.put(partition, served);
    return served;
  }

  private void useDefinition(TopicPartition partition, Served served) {
    EmitterSpec spec = definitions.spec(partition);
    if (!Objects.equals(spec, served.spec)) {
      served.spec = spec;
      served.lane.use(spec == null ? null : outlet.open(spec));
    }
  }
}
