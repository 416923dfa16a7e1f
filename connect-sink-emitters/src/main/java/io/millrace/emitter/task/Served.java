package io.millrace.emitter.task;

import io.cloudevents.CloudEvent;
import io.millrace.emitter.lane.Delivery;
import io.millrace.emitter.lane.Lane;
import io.millrace.emitter.task.LaneMemory.Recollection;
import io.millrace.model.emitter.Activation;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.Resume;
import io.millrace.model.event.UnreadableEventException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition that a task has: its lane, and where it stands in Kafka. For use by the task's
 * thread.
 *
 * <pre>
 *   opened ──► known what was left ──► serves ──► a higher generation: what is under way ends,
 *                                        ▲        the new position is looked up, and read from
 *                                        └────────────────────────────────┘
 * </pre>
 */
final class Served {

  private static final Logger LOG = LoggerFactory.getLogger(Served.class);

  private static final long RETRY_MS = 1_000;

  private final TopicPartition partition;
  private final Supplier<Lane> lanes;
  private final Outlet outlet;
  private final Predicate<CloudEvent> wanted;
  private final LaneMemory memory;

  // What came before it was known which of the old events are wanted.
  private final List<SinkRecord> early = new ArrayList<>();
  private Lane lane;
  private @Nullable Desired desired;
  private @Nullable Recollection known;
  private ReplayFilter replayed = ReplayFilter.NONE;
  private @Nullable CompletableFuture<Long> target;
  private long targetGeneration = -1;
  private long retryAt;
  // The activation that the position is due to; unknown before the lane began.
  private long generation = -1;
  private long next = -1;
  // Where reading begins anew, until something was read from there.
  private long from = -1;
  private long committed = -1;
  private long committedGeneration;
  private boolean paused;
  private long reported = Long.MIN_VALUE / 2;

  Served(
      TopicPartition partition,
      Supplier<Lane> lanes,
      Outlet outlet,
      Predicate<CloudEvent> wanted,
      LaneMemory memory) {
    this.partition = partition;
    this.lanes = lanes;
    this.outlet = outlet;
    this.wanted = wanted;
    this.memory = memory;
    this.lane = lanes.get();
  }

  Lane lane() {
    return lane;
  }

  /** What was found out about it. */
  void know(@Nullable Recollection recollection) {
    known = recollection;
  }

  /** What the emitter is to be from now on; absent while it is not defined. */
  void want(@Nullable Desired wish) {
    EmitterSpec before = desired == null ? null : desired.spec();
    EmitterSpec spec = wish == null ? null : wish.spec();
    if (before != null && spec == null) {
      memory.forget(partition);
    } else if (before == null && spec != null && generation >= 0) {
      lane.revive(generation);
    }
    desired = wish;
    if (!Objects.equals(before, spec)) {
      lane.use(spec == null ? null : outlet.open(spec));
    }
  }

  /** Takes the next step towards what is wanted, if it can be taken now. */
  void advance(long now, SinkTaskContext context) {
    if (desired == null || known == null || now < retryAt) {
      return;
    }
    Activation activation = desired.activation();
    if (generation < 0 && known.generation() >= activation.generation()) {
      begin(activation, known.status());
    }
    lane.enable(activation.enabled() && generation >= activation.generation());
    if (generation < activation.generation() && activation.resume() != null) {
      moveTo(activation, activation.resume(), now, context);
    }
  }

  /** Puts a record in the lane, unless nobody wants it. */
  void take(SinkRecord record) {
    if (record.originalKafkaOffset() < next) {
      readAgain();
    }
    next = record.originalKafkaOffset() + 1;
    if (committed < 0) {
      committed = record.originalKafkaOffset();
    }
    if (generation < 0) {
      early.add(record);
    } else {
      put(record);
    }
  }

  private void put(SinkRecord record) {
    try {
      CloudEvent event = RecordReader.event(record);
      if (wanted.test(event) && replayed.wants(record, event)) {
        lane.add(Delivery.of(record, RecordReader.key(record, event), event));
      }
    } catch (UnreadableEventException e) {
      bury(record, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // One record must never stop the task, whatever is in it.
      bury(record, "not a CloudEvent: " + e);
    }
  }

  /** Whether there is something to commit. */
  boolean hasProgress() {
    return generation >= 0
        && (lane.watermark(next) > committed || generation > committedGeneration);
  }

  /** Whether the partition is to be paused or resumed; absent for no change. */
  @Nullable Boolean pause() {
    boolean full = lane.isFull();
    if (full == paused) {
      return null;
    }
    paused = full;
    return full;
  }

  /** Whether it will go on soon, without an event that would tell. */
  boolean isHurried() {
    return (paused && lane.isBusy())
        || (desired != null && generation < desired.activation().generation());
  }

  /** Makes news of the lane known, but not more often than this. */
  void report(long now, long interval) {
    if (desired != null && now - reported >= interval) {
      EmitterStatus status = lane.report();
      if (status != null) {
        reported = now;
        memory.report(partition, status);
      }
    }
  }

  /**
   * Up to where it is settled, with everything before it made durable; absent if that cannot be
   * told.
   *
   * @param consumed where the consumer stands
   */
  @Nullable OffsetAndMetadata settled(OffsetAndMetadata consumed, SinkTaskContext context) {
    if (generation < 0) {
      return null;
    }
    long position = consumed.offset();
    lane.consumed(position);
    if (next < 0) {
      // Nothing was read since reading began anew; perhaps the consumer has not moved yet.
      long start = from < 0 ? position : from;
      return position < start ? null : commit(start);
    }
    try {
      return commit(lane.flushed(position));
    } catch (IOException e) {
      LOG.warn("{} is read again from offset {}", partition, committed, e);
      readAgain();
      context.offset(partition, committed);
      return null;
    }
  }

  void close() {
    lane.close();
  }

  private OffsetAndMetadata commit(long offset) {
    committed = offset;
    committedGeneration = generation;
    return new OffsetAndMetadata(offset, memory.mark(generation));
  }

  private void bury(SinkRecord record, String cause) {
    lane.add(Delivery.unreadable(record, RecordReader.key(record, null), cause));
  }

  private void begin(Activation activation, @Nullable EmitterStatus last) {
    apply(activation);
    beginLane(last);
    early.forEach(this::put);
    early.clear();
  }

  private void apply(Activation activation) {
    generation = activation.generation();
    replayed = ReplayFilter.of(activation.resume(), partition);
  }

  private void beginLane(@Nullable EmitterStatus last) {
    lane.begin(generation, last != null && last.generation() == generation ? last : null);
  }

  private void moveTo(Activation activation, Resume resume, long now, SinkTaskContext context) {
    boolean failed = resume.from() == Resume.From.FAILED;
    if (failed && (resume.filter() == null || generation < 0 || next < 0)) {
      goOn(activation);
      return;
    }
    if (targetGeneration != activation.generation()) {
      targetGeneration = activation.generation();
      target = failed ? null : memory.position(partition, resume).toCompletableFuture();
    }
    if (lane.isBusy() || (target != null && !target.isDone())) {
      return;
    }
    if (target != null && target.isCompletedExceptionally()) {
      LOG.warn("Where {} is to go on cannot be found out, trying again", partition);
      targetGeneration = -1;
      retryAt = now + RETRY_MS;
      return;
    }
    // What the lane holds was taken without the filter, so it is read again.
    long start = target == null ? lane.watermark(next) : target.join();
    LOG.info("{} goes on from offset {}, generation {}", partition, start, targetGeneration);
    apply(activation);
    startAgain(start, null);
    lane.enable(activation.enabled());
    context.offset(partition, start);
  }

  private void goOn(Activation activation) {
    if (generation < 0) {
      begin(activation, null);
    } else {
      apply(activation);
      lane.revive(generation);
    }
    lane.enable(activation.enabled());
  }

  private void readAgain() {
    EmitterStatus status = desired == null ? null : lane.status();
    if (status != null) {
      memory.report(partition, status);
    }
    startAgain(committed, status);
  }

  /** In the activation that was applied last: one that waits may be wanted already. */
  private void startAgain(long offset, @Nullable EmitterStatus last) {
    lane.close();
    lane = lanes.get();
    early.clear();
    next = -1;
    from = offset;
    committed = offset;
    if (desired != null) {
      lane.use(outlet.open(desired.spec()));
    }
    if (generation >= 0) {
      beginLane(last);
    }
  }
}
