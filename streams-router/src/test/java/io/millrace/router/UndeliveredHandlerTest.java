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
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Response;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UndeliveredHandlerTest {

  private static final String TOPIC = "millrace.emitter.console.x";
  private static final String DEAD_LETTERS = "millrace.dead-letters";
  private static final byte[] KEY = {1};

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
    assertThat(handle(DEAD_LETTERS, new TimeoutException("late")).result()).isEqualTo(Result.RETRY);
  }

  @Test
  void recordsThatAreTooLargeLeaveTheirHeadToTheDeadLetters() {
    Response response = handle(TOPIC, new RecordTooLargeException("2 MB"));
    assertThat(response.result()).isEqualTo(Result.RESUME);
    ProducerRecord<byte[], byte[]> letter = response.deadLetterQueueRecords().get(0);
    assertThat(letter.topic()).isEqualTo(DEAD_LETTERS);
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
  void deadLettersThatAreTooLargeAreKeptWithoutTheirBody() {
    Response response = handle(DEAD_LETTERS, new RecordTooLargeException("1 MB"));
    assertThat(response.result()).isEqualTo(Result.RESUME);
    ProducerRecord<byte[], byte[]> letter = response.deadLetterQueueRecords().get(0);
    assertThat(letter.topic()).isEqualTo(DEAD_LETTERS);
    assertThat(letter.value()).isNull();
    assertThat(letter.headers().lastHeader("ce_id")).isNotNull();
  }

  @Test
  void deadLettersWithoutABodyThatAreTooLargeKeepTheirPlaceOnly() {
    ProducerRecord<byte[], byte[]> bare =
        new DeadLetter("router", "too large", "millrace.stream.x", 0, 7, TestLanes.CLOCK.instant())
            .record(DEAD_LETTERS, new byte[2_000_000], null, new RecordHeaders().add("big", KEY));
    Response response = handler.handleError(null, bare, new RecordTooLargeException("1 MB"));
    ProducerRecord<byte[], byte[]> letter = response.deadLetterQueueRecords().get(0);
    assertThat(letter.key()).isNull();
    assertThat(letter.headers().lastHeader("big")).isNull();
    assertThat(letter.headers().lastHeader(DeadLetter.OFFSET).value()).asString().isEqualTo("7");
    assertThat(handler.handleError(null, letter, new RecordTooLargeException("?")).result())
        .isEqualTo(Result.FAIL);
  }

  @Test
  void otherDeadLettersThatAreRefusedStopTheThread() {
    assertThat(handle(DEAD_LETTERS, new InvalidTimestampException("?")).result())
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
