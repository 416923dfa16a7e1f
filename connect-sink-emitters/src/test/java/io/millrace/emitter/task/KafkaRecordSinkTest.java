package io.millrace.emitter.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.emitter.lane.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaRecordSinkTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final KafkaRecordSink sink =
      new KafkaRecordSink(producer, topic -> {}, "dead", new TestClock());

  @AfterEach
  void close() {
    sink.close();
  }

  @Test
  void keepsWhatFitsOfALetterThatIsTooLarge() {
    CompletableFuture<Void> written = write(new byte[100]);
    until(() -> producer.errorNext(new RecordTooLargeException("1 MB")));
    until(producer::completeNext);

    assertThat(written).succeedsWithin(LIMIT);
    assertThat(producer.history()).hasSize(2);
    assertThat(producer.history().get(1).value()).isNull();
    assertThat(producer.history().get(1).headers().lastHeader("deadletter_cause")).isNotNull();
  }

  @Test
  void failsWhenTheBrokerIsAway() {
    CompletableFuture<Void> written = write(new byte[100]);
    until(() -> producer.errorNext(new TimeoutException("late")));
    assertFails(written);
  }

  @Test
  void failsWhenARecordCannotBeWritten() {
    assertFails(write(Map.of("a", new Object())));
  }

  private CompletableFuture<Void> write(Object value) {
    SinkRecord record =
        new SinkRecord("t", 0, null, null, null, value, 7, null, TimestampType.NO_TIMESTAMP_TYPE);
    return sink.write("orders", record, "HTTP 413").toCompletableFuture();
  }

  // failsWithin also takes one that never ends for failed.
  private static void assertFails(CompletableFuture<Void> written) {
    assertThatThrownBy(() -> written.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class);
  }

  private static void until(Callable<Boolean> done) {
    await().atMost(LIMIT).until(done);
  }
}
