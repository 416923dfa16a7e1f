package io.millrace.emitter.task;

import io.cloudevents.CloudEvent;
import io.millrace.emitter.lane.Lane;
import io.millrace.emitter.lane.LaneId;
import io.millrace.emitter.lane.LaneSettings;
import io.millrace.emitter.lane.SteadyClock;
import io.millrace.emitter.lane.Tally;
import io.millrace.filter.EventMatcher;
import io.millrace.filter.InvalidFilterException;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.InvalidDefinitionException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** Everything that a task has between its start and its stop. */
final class RunningTask implements AutoCloseable {

  private final Deque<AutoCloseable> opened;
  private final LaneSet lanes;
  private final RecordSink deadLetters;

  private RunningTask(Deque<AutoCloseable> opened, LaneSet lanes, RecordSink deadLetters) {
    this.opened = opened;
    this.lanes = lanes;
    this.deadLetters = deadLetters;
  }

  static RunningTask start(
      EmitterKind kind, Map<String, String> props, SinkTaskContext context, Clock clock) {
    PluginFormats.load();
    ModeConfig mode = new ModeConfig(props);
    DeliveryConfig delivery = new DeliveryConfig(props);
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      Outlet outlet = kind.outlet().apply(props);
      opened.push(outlet);
      RecordSink deadLetters = RecordSink.choose(mode, context, clock);
      opened.push(deadLetters);
      Definitions definitions = definitions(kind, mode, props, opened);
      LaneMemory memory = memory(kind, mode, props, definitions, opened);
      LaneSettings settings =
          new LaneSettings(
              kind.ordered() ? delivery.limits().inOrder() : delivery.limits(),
              delivery.backoff(() -> ThreadLocalRandom.current().nextDouble()),
              new FailureConfig(props).limits());
      Clock steady = SteadyClock.begin();
      Tally tally = new Tally();
      LaneSet lanes =
          new LaneSet(
              partition -> {
                String id = definitions.emitterId(partition);
                return new Lane(
                    mode.isShared()
                        ? new LaneId(kind.type(), id, partition)
                        : LaneId.direct(kind.type(), id, partition),
                    settings,
                    steady,
                    clock,
                    (record, cause) -> deadLetters.write(id, record, cause),
                    tally);
              },
              definitions,
              outlet,
              wanted(mode, props),
              memory,
              delivery.bufferBytes(),
              steady);
      TaskMetrics.register(context, tally, lanes::disabled);
      return new RunningTask(opened, lanes, deadLetters);
    } catch (InvalidDefinitionException | InvalidFilterException e) {
      closeAll(opened);
      throw new ConnectException("the configuration is wrong: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      closeAll(opened);
      throw e;
    }
  }

  LaneSet lanes() {
    return lanes;
  }

  RecordSink deadLetters() {
    return deadLetters;
  }

  @Override
  public void close() {
    lanes.closeAll();
    closeAll(opened);
  }

  private static Definitions definitions(
      EmitterKind kind, ModeConfig mode, Map<String, String> props, Deque<AutoCloseable> opened)
      throws InvalidDefinitionException {
    if (!mode.isShared()) {
      return new InlineDefinition(
          EmitterSpec.direct(connector(kind, props), ParameterKeys.read(kind, props)));
    }
    TopicDefinitions definitions = new TopicDefinitions(kind.type(), mode.topics());
    opened.push(definitions.follow(mode.clientConfig()));
    return definitions;
  }

  private static LaneMemory memory(
      EmitterKind kind,
      ModeConfig mode,
      Map<String, String> props,
      Definitions definitions,
      Deque<AutoCloseable> opened) {
    if (!mode.hasBrokers()) {
      return new NoMemory();
    }
    String connector = connector(kind, props);
    Admin admin = Admin.create(mode.clientConfig());
    opened.push(() -> admin.close(Duration.ZERO));
    StatusLog statuses = StatusLog.open(mode.clientConfig(), mode.topics().emitterStatus());
    opened.push(statuses);
    return mode.isShared()
        ? new KafkaLaneMemory(
            admin,
            statuses,
            props.getOrDefault("consumer.override.group.id", "connect-" + connector),
            partition -> EmitterStatus.key(definitions.emitterId(partition), partition.partition()))
        : new KafkaLaneMemory(
            admin,
            statuses,
            null,
            partition ->
                "connector:%s/%s/%d"
                    .formatted(connector, partition.topic(), partition.partition()));
  }

  private static String connector(EmitterKind kind, Map<String, String> props) {
    return props.getOrDefault("name", kind.type().topicSegment());
  }

  private static Predicate<CloudEvent> wanted(ModeConfig mode, Map<String, String> props)
      throws InvalidFilterException {
    if (mode.isShared()) {
      return event -> true;
    }
    return EventMatcher.compile(new InlineConfig(props).eventFilter())::matches;
  }

  private static void closeAll(Deque<AutoCloseable> opened) {
    while (!opened.isEmpty()) {
      Utils.closeQuietly(opened.pop(), "part of an emitter task");
    }
  }
}
