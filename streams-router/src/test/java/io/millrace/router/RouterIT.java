package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.kafka.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterIT {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicInteger eventIds = new AtomicInteger();
  private TestCluster cluster;
  private Router router;

  @BeforeEach
  void open() {
    cluster =
        new TestCluster(
            KafkaFixture.shared().bootstrapServers(), KafkaFixture.uniqueName("router"));
  }

  @AfterEach
  void close() {
    if (router != null) {
      router.close();
    }
    cluster.close();
  }

  @Test
  void definitionsTakeEffectWithinTwoSeconds() throws Exception {
    cluster.createStream("s");
    start();

    cluster.define("x", "\"topics\": [[\"a\"]]");
    assertThat(untilRouted("x", "a")).isLessThan(Duration.ofSeconds(2));

    cluster.define("x", "\"topics\": [[\"b\"]]");
    assertThat(untilRouted("x", "b")).isLessThan(Duration.ofSeconds(2));
    String unwanted = publish("a");
    String wanted = publish("b");
    eventually(() -> assertThat(cluster.routed("x")).contains(wanted).doesNotContain(unwanted));

    cluster.define("y", "\"topics\": []");
    untilRouted("y", "b");
    cluster.remove("x");
    long removed = System.nanoTime();
    eventually(() -> assertThat(router.health().parts()).containsEntry("emitters", emitters(1)));
    assertThat(since(removed)).isLessThan(Duration.ofSeconds(2));
    String late = publish("b");
    eventually(() -> assertThat(cluster.routed("y")).contains(late));
    assertThat(cluster.routed("x")).doesNotContain(late);
  }

  @Test
  void ownersGetWhatTheyMaySeeAndChangesAreFollowed() throws Exception {
    cluster.createStream("s");
    cluster.rules("a", "ops");
    cluster.roles("olga", "ops");
    cluster.define("olgas", "\"owner\": \"olga\", \"topics\": []");
    cluster.define("ottos", "\"owner\": \"otto\", \"topics\": []");
    start();
    String secret = publish("a");
    String open = publish("b");
    eventually(() -> assertThat(cluster.routed("olgas")).containsExactly(secret, open));
    eventually(() -> assertThat(cluster.routed("ottos")).containsExactly(open));
    cluster.roles("otto", "ops");
    untilRouted("ottos", "a");
    cluster.rules("b", "other");
    double hidden = registry.get(RouterMetrics.HIDDEN).counter().count();
    eventually(
        () -> {
          String unused = publish("b");
          assertThat(registry.get(RouterMetrics.HIDDEN).counter().count()).isGreaterThan(hidden);
        });
    untilRouted("ottos", "a");
  }

  @Test
  void streamsAreFollowedWithoutRestart() throws Exception {
    start();
    cluster.define("x", "\"topics\": []");
    cluster.createStream("first");
    cluster.publish("first", "1", "a");
    eventually(() -> assertThat(cluster.routed("x")).contains("1"));
    cluster.createStream("second");
    long created = System.nanoTime();
    cluster.publish("second", "2", "a");
    eventually(() -> assertThat(cluster.routed("x")).contains("1", "2"));
    System.out.println("measured: new stream followed after " + since(created));
  }

  @Test
  void aDeletedStreamStopsNoOther() throws Exception {
    cluster.createStream("s");
    cluster.createStream("gone");
    cluster.define("x", "\"topics\": []");
    start();
    cluster.publish("gone", "g", "a");
    eventually(() -> assertThat(cluster.routed("x")).contains("g"));
    cluster.delete(cluster.topics.stream("gone"));
    untilRouted("x", "a");
    cluster.createStream("gone");
    cluster.publish("gone", "back", "a");
    eventually(() -> assertThat(cluster.routed("x")).contains("back"));
    assertThat(router.health().ready()).isTrue();
  }

  @Test
  void whatIsNoEventIsDeadLetteredAndTheRestIsRouted() throws Exception {
    cluster.createStream("s");
    cluster.define("x", "\"topics\": []");
    start();
    cluster.write(cluster.topics.stream("s"), "k", "hello".getBytes(StandardCharsets.UTF_8));
    cluster.write(cluster.topics.stream("s"), null, null);
    String event = publish("a");
    eventually(() -> assertThat(cluster.routed("x")).contains(event));
    eventually(() -> assertThat(cluster.read(cluster.topics.deadLetters())).hasSize(2));
    ConsumerRecord<byte[], byte[]> letter = cluster.read(cluster.topics.deadLetters()).get(0);
    assertThat(letter.value()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
    assertThat(letter.headers().lastHeader(DeadLetter.ORIGIN).value())
        .isEqualTo("router".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aRestartLosesNothing() throws Exception {
    cluster.createStream("s");
    cluster.define("x", "\"topics\": []");
    start();
    List<String> sent = new ArrayList<>();
    sent.add(publish("a"));
    eventually(() -> assertThat(cluster.routed("x")).containsAll(sent));
    sent.add(publish("a"));
    long stopping = System.nanoTime();
    router.close();
    Duration stopped = since(stopping);
    for (int i = 0; i < 200; i++) {
      sent.add(publish("a"));
    }
    long starting = System.nanoTime();
    start();
    eventually(() -> assertThat(cluster.routed("x")).containsAll(sent));
    System.out.println("measured: stop " + stopped + ", restart " + since(starting));
    assertThat(stopped).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void aDeletedTopicOfARemovedEmitterStopsNothing() throws Exception {
    cluster.createStream("s");
    cluster.define("x", "\"topics\": []");
    cluster.define("y", "\"topics\": []");
    start();
    untilRouted("x", "a");
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      sent.add(publish("a"));
      if (i == 100) {
        cluster.remove("x");
        cluster.delete(cluster.emitterTopic("x"));
      }
    }
    eventually(() -> assertThat(cluster.routed("y")).containsAll(sent));
    assertThat(router.health().ready()).isTrue();
    assertThat(cluster.admin.listTopics().names().get()).doesNotContain(cluster.emitterTopic("x"));
  }

  @Test
  void aDeletedTopicOfADefinedEmitterIsCreatedAgain() throws Exception {
    cluster.createStream("s");
    cluster.define("x", "\"topics\": []");
    start();
    untilRouted("x", "a");
    cluster.delete(cluster.emitterTopic("x"));
    String event = publish("a");
    eventually(() -> assertThat(cluster.routed("x")).contains(event));
    assertThat(router.hasFailed()).isFalse();
  }

  @Test
  void aFilterThatCannotBeCompiledStopsNoOther() throws Exception {
    cluster.createStream("s");
    cluster.define("bad", "\"filter\": \"amount >\"");
    cluster.define("x", "\"filter\": \"amount > 100\"");
    start();
    untilRouted("x", "a");
    assertThat(cluster.routed("bad")).isEmpty();
  }

  @Test
  void healthAndMetricsTellWhatIsDone() throws Exception {
    cluster.createStream("s");
    cluster.define("x", "\"topics\": []");
    start();
    untilRouted("x", "a");
    eventually(() -> assertThat(router.health().ready()).isTrue());
    assertThat(router.health().parts()).containsEntry("router", "RUNNING");
    assertThat(registry.get(RouterMetrics.ROUTED).counter().count()).isPositive();
    eventually(
        () ->
            assertThat(registry.getMeters())
                .anySatisfy(
                    meter -> assertThat(meter.getId().getName()).startsWith("kafka.stream")));
  }

  private void start() throws Exception {
    router = Router.start(cluster.config(Map.of()), registry);
    eventually(() -> assertThat(router.health().ready()).isTrue());
  }

  private String publish(String topicPath) throws Exception {
    String id = "e" + eventIds.incrementAndGet();
    cluster.publish("s", id, topicPath);
    return id;
  }

  /** Publishes until an event arrives, and tells how long that took from now. */
  private Duration untilRouted(String emitterId, String topicPath) throws Exception {
    long begin = System.nanoTime();
    List<String> sent = new ArrayList<>();
    eventually(
        () -> {
          sent.add(publish(topicPath));
          assertThat(cluster.routed(emitterId)).containsAnyElementsOf(sent);
        });
    Duration taken = since(begin);
    System.out.println("measured: routed to " + emitterId + " after " + taken);
    return taken;
  }

  private static void eventually(ThrowingRunnable check) {
    await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).untilAsserted(check);
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  private static String emitters(int routed) {
    return routed + " routed, 0 waiting";
  }
}
