package io.millrace.emitter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.emitter.lane.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedProducerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final ProducerRecord<byte[], byte[]> RECORD =
      new ProducerRecord<>("t", new byte[] {1});

  /** Knows its topic as soon as it is told to. */
  private static final class Client extends MockProducer<byte[], byte[]> {
    final AtomicInteger asked = new AtomicInteger();
    volatile @Nullable RuntimeException unknown;

    Client() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
      asked.incrementAndGet();
      RuntimeException problem = unknown;
      if (problem != null) {
        throw problem;
      }
      return List.of();
    }
  }

  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong nanos = new AtomicLong();
  private final Client client = new Client();
  private final SharedProducer producer =
      new SharedProducer(client, scheduler, nanos::get, PATIENCE);

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void deliversWhatTheClusterAcknowledges() {
    CompletableFuture<Outcome> sent = producer.send(RECORD);
    assertThat(sent).isNotDone();
    client.completeNext();
    assertThat(sent).isCompletedWithValue(Outcome.DELIVERED);
  }

  @Test
  void asksForATopicOnceAndSendsAllThatWaitedWhenItIsKnown() {
    client.unknown = new TimeoutException("not in metadata");
    CompletableFuture<Outcome> first = producer.send(RECORD);
    int afterFirst = client.asked.get();
    CompletableFuture<Outcome> second = producer.send(RECORD);
    assertThat(client.asked.get() - afterFirst).as("the second asks nothing itself").isLessThan(2);

    client.unknown = null;
    await().atMost(Duration.ofSeconds(60)).until(() -> client.history().size() == 2);
    client.completeNext();
    client.completeNext();
    assertThat(first).isCompletedWithValue(Outcome.DELIVERED);
    assertThat(second).isCompletedWithValue(Outcome.DELIVERED);
  }

  @Test
  void givesATopicUpInTime() {
    client.unknown = new TimeoutException("not in metadata");
    CompletableFuture<Outcome> sent = producer.send(RECORD);
    nanos.addAndGet(PATIENCE.toNanos());
    assertThat(sent.orTimeout(60, TimeUnit.SECONDS).join())
        .isEqualTo(Outcome.retry("TimeoutException: not in metadata"));
    client.unknown = null;
    begin();
    assertThat(client.history()).as("asked for again").hasSize(1);
  }

  @Test
  void asksAgainForATopicThatIsNoLongerKnown() {
    begin();
    client.errorNext(new TimeoutException("not in metadata"));
    begin();
    assertThat(client.asked).hasValue(2);
    assertThat(producer.isLost()).isFalse();
  }

  @Test
  void asksAtOnceForATopicThatTheProducerHasForgotten() {
    begin();
    client.sendException = new TimeoutException("not in metadata");
    client.unknown = client.sendException;
    CompletableFuture<Outcome> sent = producer.send(RECORD);
    assertThat(sent).isNotDone();
    client.sendException = null;
    client.unknown = null;
    await().atMost(Duration.ofSeconds(60)).until(() -> client.history().size() == 2);
    assertThat(sent).isNotDone();
  }

  @Test
  void doesNotWaitForATopicThatMustNotBeSeen() {
    client.unknown =
        new TimeoutException("not in metadata", new TopicAuthorizationException("not yours"));
    assertThat(producer.send(RECORD))
        .isCompletedWithValue(
            new Outcome.Refused("the identity must not write to the topic t: not yours", null));
  }

  @Test
  void isLostWithItsIdentity() {
    client.unknown = new SaslAuthenticationException("wrong password");
    assertThat(producer.send(RECORD).join())
        .isEqualTo(new Outcome.Refused("the brokers refuse the identity: wrong password", null));
    assertThat(producer.isLost()).isTrue();
  }

  @Test
  void isIdleOnlyWhenNothingIsUnderWay() {
    Duration minute = Duration.ofMinutes(1);
    begin();
    nanos.addAndGet(minute.toNanos());
    assertThat(producer.isIdle(minute)).isFalse();
    client.completeNext();
    assertThat(producer.isIdle(minute)).isFalse();
    nanos.addAndGet(minute.toNanos());
    assertThat(producer.isIdle(minute)).isTrue();
  }

  private void begin() {
    var unused = producer.send(RECORD);
  }
}
