package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.DeadLetter;
import io.millrace.model.security.OwnerRoles;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoutingTopologyTest {

  private static final String STREAM = "millrace.stream.events";
  private static final Instant TIME = Instant.parse("2026-11-21T09:00:00.123Z");

  private final TestLanes test = new TestLanes();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> stream;

  @BeforeEach
  void open() {
    Properties settings =
        StreamsSettings.of(
            new RouterConfig(Map.of("bootstrap.servers", "localhost:1")), test.context());
    driver =
        new TopologyTestDriver(
            RoutingTopology.of(TestLanes.TOPICS, test.index, test.audience, test.metrics),
            settings,
            Instant.parse("2026-11-21T10:00:00Z"));
    stream = driver.createInputTopic(STREAM, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void eventsGoToEveryEmitterThatWantsThem() {
    test.define("all", "\"topics\": []");
    test.define("service", "\"topics\": [[\"service\"]]");
    test.define("rich", "\"filter\": \"amount > 100\"");
    test.define("poor", "\"filter\": \"amount < 100\"");
    test.define("task", "\"topics\": [[\"task\"]]");
    test.define("typed", "\"messages\": [\"order.gone\"]");
    send("1", "service/production");
    assertThat(List.of("all", "service", "rich")).allSatisfy(id -> assertThat(read(id)).hasSize(1));
    assertThat(List.of("poor", "task", "typed")).allSatisfy(id -> assertThat(read(id)).isEmpty());
    assertThat(test.count(RouterMetrics.READ)).isEqualTo(1);
    assertThat(test.count(RouterMetrics.ROUTED)).isEqualTo(3);
    assertThat(test.count(RouterMetrics.UNMATCHED)).isZero();
    assertThat(test.count(RouterMetrics.EMITTER_MATCHES, "emitter", "rich")).isEqualTo(1);
  }

  @Test
  void anEmitterOfAUserGetsWhatItsOwnerMaySee() {
    test.rules("a/secret", "ops");
    test.audience.roles("olga", new OwnerRoles(Set.of("ops"), null));
    test.audience.roles("otto", new OwnerRoles(Set.of("hr"), null));
    test.define("system", "\"topics\": [[\"a\"]]");
    test.define("olgas", "\"owner\": \"olga\", \"topics\": [[\"a\"]]");
    test.define("ottos", "\"owner\": \"otto\", \"topics\": [[\"a\"]]");
    test.define("any", "\"owner\": \"otto\", \"topics\": []");
    test.define("unknown", "\"owner\": \"nobody\", \"topics\": []");
    send("1", "a/open");
    send("2", "a/secret/b");
    send("3", "/a/secret");
    assertThat(read("system")).hasSize(3);
    assertThat(read("olgas")).hasSize(3);
    assertThat(List.of("ottos", "any", "unknown"))
        .allSatisfy(id -> assertThat(read(id)).hasSize(1));
    assertThat(test.count(RouterMetrics.HIDDEN)).isEqualTo(6);

    test.audience.roles("otto", new OwnerRoles(Set.of("ops"), null));
    test.audience.roles("olga", null);
    send("4", "a/secret");
    assertThat(read("ottos")).hasSize(1);
    assertThat(read("olgas")).isEmpty();
  }

  @Test
  void anEmitterThatGetsAnOwnerIsItsOwners() {
    test.rules("a", "ops");
    test.define("x", "\"topics\": [[\"a\"]]");
    send("1", "a");
    assertThat(read("x")).hasSize(1);
    test.define("x", "\"owner\": \"otto\", \"topics\": [[\"a\"]]");
    send("2", "a");
    assertThat(read("x")).isEmpty();
    test.define("x", "\"topics\": [[\"a\"]]");
    send("3", "a");
    assertThat(read("x")).hasSize(1);
  }

  @Test
  void recordsAreNotTouched() {
    test.define("all", "\"topics\": []");
    Headers headers = new RecordHeaders();
    EventRecords.write(STREAM, TestLanes.event("1", "a")).headers().forEach(headers::add);
    headers.remove("ce_specversion");
    headers.add("ce_specversion", "1.0.1".getBytes(StandardCharsets.UTF_8));
    headers.add("odd", new byte[] {0, -1, 7}).add("odd", null);
    byte[] key = {9, 8, 0};
    byte[] value = "{ \"amount\":  150.00 }".getBytes(StandardCharsets.UTF_8);
    stream.pipeInput(new TestRecord<>(key, value, headers, TIME));
    TestRecord<byte[], byte[]> routed = read("all").get(0);
    assertThat(routed.key()).isEqualTo(key);
    assertThat(routed.value()).isEqualTo(value);
    assertThat(routed.getRecordTime()).isEqualTo(TIME);
    assertThat(routed.headers().toArray()).isEqualTo(headers.toArray());
  }

  @Test
  void eventsThatNobodyWantsGoNowhere() {
    test.define("task", "\"topics\": [[\"task\"]]");
    send("1", "service/production");
    assertThat(driver.producedTopicNames()).isEmpty();
    assertThat(test.count(RouterMetrics.UNMATCHED)).isEqualTo(1);
  }

  @Test
  void whatIsNoEventIsDeadLettered() {
    test.define("all", "\"topics\": []");
    send("1", "a");
    byte[] key = {1};
    byte[] value = "hello".getBytes(StandardCharsets.UTF_8);
    Headers own = new RecordHeaders().add("x", new byte[] {5});
    stream.pipeInput(new TestRecord<>(key, value, own, TIME));
    stream.pipeInput(new TestRecord<>(null, null, new RecordHeaders(), TIME));
    send("2", "a");
    assertThat(read("all")).hasSize(2);
    List<TestRecord<byte[], byte[]>> letters = output("millrace.dead-letters");
    assertThat(letters).hasSize(2);
    TestRecord<byte[], byte[]> letter = letters.get(0);
    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.value()).isEqualTo(value);
    assertThat(letter.headers().lastHeader("x").value()).containsExactly(5);
    assertThat(texts(letter.headers()))
        .containsEntry(DeadLetter.ORIGIN, "router")
        .containsEntry(DeadLetter.TOPIC, STREAM)
        .containsEntry(DeadLetter.PARTITION, "0")
        .containsEntry(DeadLetter.OFFSET, "1")
        .containsEntry(DeadLetter.TIME, "2026-11-21T10:00:00Z")
        .hasEntrySatisfying(
            DeadLetter.CAUSE, cause -> assertThat(cause).startsWith("not a CloudEvent"));
    assertThat(test.count(RouterMetrics.DEAD_LETTERED)).isEqualTo(2);
  }

  @Test
  void changesTakeEffectAtOnce() {
    test.define("x", "\"topics\": [[\"a\"]]");
    send("1", "a");
    test.define("x", "\"topics\": [[\"b\"]]");
    send("2", "a");
    send("3", "b");
    test.lanes.changed("x", null);
    send("4", "b");
    assertThat(read("x")).hasSize(2);
  }

  @Test
  void filtersThatFailAreCounted() {
    test.define("x", "\"filter\": \"count(items) > 1\"");
    ProducerRecord<byte[], byte[]> event = EventRecords.write(STREAM, TestLanes.event("1", "a"));
    byte[] broken = "{broken".getBytes(StandardCharsets.UTF_8);
    stream.pipeInput(new TestRecord<>(null, broken, event.headers(), TIME));
    assertThat(driver.producedTopicNames()).isEmpty();
    assertThat(test.count(RouterMetrics.FILTER_ERRORS, "emitter", "x")).isEqualTo(1);
  }

  private void send(String id, String topicPath) {
    ProducerRecord<byte[], byte[]> record =
        EventRecords.write(STREAM, TestLanes.event(id, topicPath));
    stream.pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), TIME));
  }

  private List<TestRecord<byte[], byte[]>> read(String emitterId) {
    return output("millrace.emitter.console." + emitterId);
  }

  private List<TestRecord<byte[], byte[]>> output(String topic) {
    TestOutputTopic<byte[], byte[]> output =
        driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return output.readRecordsToList();
  }

  private static Map<String, @Nullable String> texts(Headers headers) {
    Map<String, @Nullable String> texts = new HashMap<>();
    for (Header header : headers) {
      texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return texts;
  }
}
