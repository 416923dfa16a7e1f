package io.millrace.emitter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.identity.Credentials.SaslPlain;
import io.millrace.model.kafka.KafkaCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProducerPoolTest {

  private static final Duration IDLE = Duration.ofMinutes(5);

  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong nanos = new AtomicLong();
  private final List<MockProducer<byte[], byte[]>> clients = new ArrayList<>();
  private @Nullable RuntimeException trouble;
  private final ProducerPool pool = new ProducerPool(this::make, Runnable::run, IDLE);

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void sharesAProducerAmongThoseWithEqualBrokersAndIdentity() {
    SharedProducer first = pool.find(cluster("a:1", "x")).join();
    assertThat(pool.find(cluster("a:1", "x")).join()).isSameAs(first);
    assertThat(pool.find(cluster("b:1", "x")).join()).isNotSameAs(first);
    assertThat(pool.find(cluster("a:1", "y")).join()).isNotSameAs(first);
    assertThat(clients).hasSize(3);
  }

  @Test
  void replacesAProducerThatIsLost() {
    SharedProducer first = pool.find(cluster("a:1", "x")).join();
    clients.get(0).sendException = new SaslAuthenticationException("wrong password");
    first.send(new ProducerRecord<>("t", new byte[0])).join();
    assertThat(pool.find(cluster("a:1", "x")).join()).isNotSameAs(first);
    assertThat(clients.get(0).closed()).isTrue();
  }

  @Test
  void triesAgainToMakeAProducer() {
    trouble = new KafkaException("no such host");
    assertThat(pool.find(cluster("a:1", "x"))).isCompletedExceptionally();
    trouble = null;
    assertThat(pool.find(cluster("a:1", "x"))).isCompleted();
  }

  @Test
  void closesProducersThatNobodyUses() {
    pool.find(cluster("a:1", "x")).join();
    nanos.addAndGet(IDLE.toNanos() - 1);
    pool.find(cluster("b:1", "x")).join();
    pool.closeIdle();
    assertThat(pool.size()).isEqualTo(2);
    nanos.addAndGet(1);
    pool.closeIdle();
    assertThat(pool.size()).isEqualTo(1);
    assertThat(clients.get(0).closed()).isTrue();
    assertThat(clients.get(1).closed()).isFalse();
  }

  @Test
  void closesAllAtTheEnd() {
    pool.find(cluster("a:1", "x")).join();
    pool.close();
    assertThat(clients.get(0).closed()).isTrue();
    pool.find(cluster("a:1", "x")).join();
    assertThat(clients.get(1).closed()).as("made while the task stops").isTrue();
  }

  private SharedProducer make(KafkaCluster cluster) {
    if (trouble != null) {
      throw trouble;
    }
    ByteArraySerializer bytes = new ByteArraySerializer();
    clients.add(new MockProducer<>(true, null, bytes, bytes));
    return new SharedProducer(
        clients.get(clients.size() - 1), scheduler, nanos::get, Duration.ofSeconds(1));
  }

  private static KafkaCluster cluster(String broker, String password) {
    return new KafkaCluster(List.of(broker), new SaslPlain("ann", new Password(password)));
  }
}
