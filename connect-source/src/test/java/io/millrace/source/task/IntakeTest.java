package io.millrace.source.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IntakeTest {

  private final Intake intake = new Intake(10, 100_000, new Tally());

  @Test
  void whoPutsWaitsForRoom() throws Exception {
    intake.put(batch(10));
    CountDownLatch done = new CountDownLatch(1);
    Thread reader =
        new Thread(
            () -> {
              try {
                intake.put(batch(1));
                done.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    reader.start();
    while (reader.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(intake.events()).isEqualTo(10);
    assertThat(intake.take(1, 0)).hasSize(1);
    done.await();
    assertThat(intake.events()).isEqualTo(1);
  }

  @Test
  void whoIsPushedToIsCalledBackWhenThereIsRoom() throws Exception {
    AtomicInteger resumed = new AtomicInteger();
    assertThat(intake.add(batch(9))).isTrue();
    intake.whenRoom(resumed::incrementAndGet);
    assertThat(resumed).as("at once, since there is").hasValue(1);
    assertThat(intake.add(batch(1))).isFalse();
    intake.whenRoom(resumed::incrementAndGet);
    assertThat(resumed).hasValue(1);
    assertThat(intake.take(100, 0)).hasSize(2);
    assertThat(resumed).hasValue(2);
    intake.take(100, 0);
    assertThat(resumed).as("once").hasValue(2);
  }

  @Test
  void bytesAreBoundedToo() {
    Intake small = new Intake(1_000, 2_000, new Tally());
    assertThat(small.add(batch(1))).isTrue();
    assertThat(small.add(batch(1))).isFalse();
  }

  @Test
  void givesWholeBatchesInOrder() throws Exception {
    List<Batch> put = List.of(batch(2), batch(3), batch(1));
    for (Batch each : put) {
      intake.add(each);
    }
    assertThat(intake.take(3, 0)).containsExactly(put.get(0), put.get(1));
    assertThat(intake.take(3, 0)).containsExactly(put.get(2));
    assertThat(intake.take(3, 1)).isEmpty();
  }

  @Test
  void tellsAFailureAfterWhatCameBefore() throws Exception {
    intake.add(batch(1));
    intake.fail(new ConnectException("ask somebody"));
    assertThat(intake.take(10, 0)).hasSize(1);
    assertThatThrownBy(() -> intake.take(10, 0)).hasMessage("ask somebody");
  }

  @Test
  void batchesAreAcknowledgedInOrderAndWhole() {
    Watermark watermark = new Watermark();
    List<String> acknowledged = new ArrayList<>();
    Watermark.Pending first = watermark.open(batch(2, () -> acknowledged.add("first")));
    Watermark.Pending second = watermark.open(batch(1, () -> acknowledged.add("second")));
    watermark.open(batch(0, () -> acknowledged.add("third")));
    watermark.done(second);
    watermark.done(first);
    assertThat(acknowledged).isEmpty();
    watermark.done(first);
    assertThat(acknowledged).containsExactly("first", "second", "third");
    watermark.open(batch(0, () -> acknowledged.add("fourth")));
    assertThat(acknowledged).contains("fourth");
  }

  private static Batch batch(int events) {
    return batch(events, () -> {});
  }

  private static Batch batch(int events, Runnable acknowledged) {
    return new Batch(
        IntStream.range(0, events)
            .mapToObj(
                id ->
                    new Incoming(
                        CloudEventBuilder.v1()
                            .withId(Integer.toString(id))
                            .withSource(URI.create("/s"))
                            .withType("t")
                            .build(),
                        Map.of("o", id)))
            .toList(),
        acknowledged);
  }
}
