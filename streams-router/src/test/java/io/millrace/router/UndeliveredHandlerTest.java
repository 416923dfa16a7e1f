package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Response;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UndeliveredHandlerTest {

  private static final String TOPIC = "millrace.emitter.console.x";

  private final TestLanes test = new TestLanes();
  private final UndeliveredHandler handler = new UndeliveredHandler();

  @BeforeEach
  void configure() {
    handler.configure(Map.of(UndeliveredHandler.CONTEXT, test.context()));
    test.define("x", "\"topics\": []");
  }

  @Test
  void eventsForRemovedEmittersAreGivenUp() {
    test.lanes.changed("x", null);
    assertThat(handle(TOPIC, new TimeoutException("late")).result()).isEqualTo(Result.RESUME);
    assertThat(handle(TOPIC, new UnknownTopicOrPartitionException()).result())
        .isEqualTo(Result.RESUME);
    assertThat(test.count(RouterMetrics.ABANDONED)).isEqualTo(2);
  }

  @Test
  void eventsForDefinedEmittersAreRoutedAgain() {
    assertThat(handle(TOPIC, new TimeoutException("late")).result()).isEqualTo(Result.RETRY);
    assertThat(handle("millrace.dead-letters", new TimeoutException("late")).result())
        .isEqualTo(Result.RETRY);
  }

  @Test
  void recordsThatAreTooLargeLeaveTheirHeadToTheDeadLetters() {
    Response response = handle(TOPIC, new RecordTooLargeException("2 MB"));
    assertThat(response.result()).isEqualTo(Result.RESUME);
    ProducerRecord<byte[], byte[]> letter = response.deadLetterQueueRecords().get(0);
    assertThat(letter.topic()).isEqualTo("millrace.dead-letters");
    assertThat(letter.value()).isNull();
    assertThat(letter.headers().lastHeader("ce_id")).isNotNull();
    assertThat(new String(cause(letter), StandardCharsets.UTF_8))
        .isEqualTo("refused by the broker for " + TOPIC + ": 2 MB");
  }

  @Test
  void recordsOfAWrongTimeGoWholeToTheDeadLetters() {
    Response response = handle(TOPIC, new InvalidTimestampException("tomorrow"));
    assertThat(response.deadLetterQueueRecords().get(0).value()).isNotEmpty();
    assertThat(test.count(RouterMetrics.DEAD_LETTERED)).isEqualTo(1);
  }

  @Test
  void deadLettersAreNotDeadLetteredAgain() {
    assertThat(handle("millrace.dead-letters", new RecordTooLargeException("2 MB")).result())
        .isEqualTo(Result.FAIL);
  }

  @Test
  void otherFailuresStopTheThread() {
    assertThat(handle(TOPIC, new IllegalArgumentException()).result()).isEqualTo(Result.FAIL);
  }

  private Response handle(String topic, Exception failure) {
    return handler.handleError(null, EventRecords.write(topic, TestLanes.event("1", "a")), failure);
  }

  private static byte[] cause(ProducerRecord<byte[], byte[]> letter) {
    return letter.headers().lastHeader(DeadLetter.CAUSE).value();
  }
}
