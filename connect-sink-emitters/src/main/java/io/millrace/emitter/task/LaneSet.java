package io.millrace.emitter.task;

import io.cloudevents.CloudEvent;
import io.millrace.emitter.lane.Lane;
import io.millrace.emitter.task.LaneMemory.Recollection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
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
  private static final long ASK_AGAIN_MS = 5_000;
  private static final long REPORT_INTERVAL_MS = 500;
  // Whoever gets a lane next shall find what was last reported of it.
  private static final Duration LAST_REPORT = Duration.ofSeconds(2);

  private record Question(
      Map<TopicPartition, Served> asked,
      CompletableFuture<Map<TopicPartition, Recollection>> answer) {}

  private final Map<TopicPartition, Served> lanes = new HashMap<>();
  private final List<Question> questions = new ArrayList<>();
  private final Set<TopicPartition> unanswered = new HashSet<>();
  private final Function<TopicPartition, Lane> factory;
  private final Definitions definitions;
  private final Outlet outlet;
  private final Predicate<CloudEvent> wanted;
  private final LaneMemory memory;
  private final long bufferBytes;
  private final Clock clock;
  private long definitionsSeen;
  private long lastCommit;
  private long askAgain;

  // Read by whoever measures.
  private volatile int disabled;

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
      LaneMemory memory,
      long bufferBytes,
      Clock clock) {
    this.factory = factory;
    this.definitions = definitions;
    this.outlet = outlet;
    this.wanted = wanted;
    this.memory = memory;
    this.bufferBytes = bufferBytes;
    this.clock = clock;
    this.definitionsSeen = definitions.version();
  }

  void open(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> lanes.put(partition, served(partition)));
    ask(partitions);
  }

  /** Drops what was not delivered: whoever has the partitions next reads it again. */
  void close(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      Served served = lanes.remove(partition);
      if (served != null) {
        served.report(clock.millis(), 0);
        served.close();
      }
    }
    memory.flush(LAST_REPORT);
  }

  void closeAll() {
    close(List.copyOf(lanes.keySet()));
  }

  /** Takes over what was defined, changed, removed or found out since the last call. */
  void follow(SinkTaskContext context) {
    hear();
    long version = definitions.version();
    if (version != definitionsSeen) {
      definitionsSeen = version;
      lanes.forEach((partition, served) -> served.want(definitions.desired(partition)));
    }
    long now = clock.millis();
    lanes.values().forEach(served -> served.advance(now, context));
  }

  /** Puts a record in its lane, unless nobody wants it. */
  void take(SinkRecord record) {
    TopicPartition partition =
        new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    Served served = lanes.get(partition);
    if (served == null) {
      open(List.of(partition));
      served = lanes.get(partition);
    }
    if (served != null) {
      served.take(record);
    }
  }

  void deliver() {
    lanes.values().forEach(served -> served.lane().deliver());
  }

  /** Makes known how the lanes fare. */
  void report() {
    long now = clock.millis();
    int given = 0;
    for (Served served : lanes.values()) {
      served.report(now, REPORT_INTERVAL_MS);
      given += served.lane().isDisabled() ? 1 : 0;
    }
    disabled = given;
  }

  /** How many lanes were disabled when they were last looked at. For any thread. */
  int disabled() {
    return disabled;
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
      served.lane().share(share);
      Boolean full = served.pause();
      if (full != null) {
        (full ? pause : resume).add(entry.getKey());
      }
      if (served.isHurried()) {
        wake = Math.min(wake, now + BUSY_MS);
      }
      wake = Math.min(wake, served.lane().nextDue());
      progress |= served.hasProgress();
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
          OffsetAndMetadata offset = served == null ? null : served.settled(position, context);
          if (offset != null) {
            settled.put(partition, offset);
          }
        });
    return settled;
  }

  private Served served(TopicPartition partition) {
    Served served = new Served(partition, () -> factory.apply(partition), outlet, wanted, memory);
    served.want(definitions.desired(partition));
    return served;
  }

  private void ask(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Served> asked = new HashMap<>(lanes);
    asked.keySet().retainAll(Set.copyOf(partitions));
    if (!asked.isEmpty()) {
      questions.add(
          new Question(asked, memory.recall(List.copyOf(asked.keySet())).toCompletableFuture()));
    }
  }

  private void hear() {
    if (!unanswered.isEmpty() && clock.millis() >= askAgain) {
      ask(unanswered);
      unanswered.clear();
    }
    List<Question> answered =
        questions.stream().filter(question -> question.answer().isDone()).toList();
    questions.removeAll(answered);
    for (Question question : answered) {
      if (question.answer().isCompletedExceptionally()) {
        LOG.warn("{} wait, what is known of them cannot be read", question.asked().keySet());
        unanswered.addAll(question.asked().keySet());
        askAgain = clock.millis() + ASK_AGAIN_MS;
      } else {
        Map<TopicPartition, Recollection> known = question.answer().join();
        // Those that were given away meanwhile take no notice.
        question.asked().forEach((partition, served) -> served.know(known.get(partition)));
      }
    }
  }
}
