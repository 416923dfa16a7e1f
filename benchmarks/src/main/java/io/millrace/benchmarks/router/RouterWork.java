package io.millrace.benchmarks.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.filter.FilterIndex;
import io.millrace.filter.InvalidFilterException;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.TopicPath;
import io.millrace.model.event.UnreadableEventException;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The router's work on one event: read the record, find who wants it. One emitter matches by topic
 * and type; in {@code readAndMatchWithFeel} its filter is evaluated too, by the engine, while
 * {@code readAndCompareByHand} is the same question as Java code for that one emitter: the floor.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RouterWork {

  @Param({"1", "100", "10000"})
  private int emitters;

  private final FilterIndex<String> byTopic = new FilterIndex<>();
  private final FilterIndex<String> withFeel = new FilterIndex<>();
  private final ProducerRecord<byte[], byte[]> record = EventRecords.write("stream", event());

  /** Fills the indexes; emitter 0 matches, the others want other topics. */
  @Setup
  public void fill() throws InvalidFilterException {
    for (int i = 0; i < emitters; i++) {
      List<TopicPath> topics = List.of(TopicPath.parse("transaction/deposit/" + i));
      byTopic.put("emitter-" + i, new EventFilter(topics, Set.of("deposit"), null));
      withFeel.put("emitter-" + i, new EventFilter(topics, Set.of("deposit"), "amount > 100"));
    }
  }

  /** The floor of all: what the record costs to read. */
  @Benchmark
  public CloudEvent readOnly() throws UnreadableEventException {
    return EventRecords.read(record.headers(), record.value());
  }

  @Benchmark
  public Collection<String> readAndMatchByTopicAndType() throws UnreadableEventException {
    return byTopic.match(EventRecords.read(record.headers(), record.value()));
  }

  @Benchmark
  public Collection<String> readAndMatchWithFeel() throws UnreadableEventException {
    return withFeel.match(EventRecords.read(record.headers(), record.value()));
  }

  /** What one would write by hand for one emitter, without a filter on data. */
  @Benchmark
  public boolean readAndCompareByHand() throws UnreadableEventException {
    CloudEvent event = EventRecords.read(record.headers(), record.value());
    return event.getType().equals("deposit")
        && event.getExtension(Extensions.TOPIC_PATH) instanceof String topic
        && topic.startsWith("transaction/deposit/0");
  }

  private static CloudEvent event() {
    return CloudEventBuilder.v1()
        .withId("7f1c1c4e-5c7c-4a51-9b7c-6b6d8d9f0a11")
        .withSource(URI.create("shop"))
        .withType("deposit")
        .withSubject("account-1")
        .withTime(OffsetDateTime.parse("2026-01-31T10:00:00Z"))
        .withExtension(Extensions.TOPIC_PATH, "transaction/deposit/0")
        .withExtension(Extensions.USER, "ann@example.com")
        .withData(
            "application/json",
            "{\"amount\":988,\"currency\":\"EUR\",\"account\":{\"id\":\"A-1\"}}".getBytes(UTF_8))
        .build();
  }
}
