package io.millrace.source.mmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.source.config.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AcknowledgerTest {

  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(1);

  private final List<Long> told = new CopyOnWriteArrayList<>();
  private Acknowledger acknowledger;

  private Acknowledger start(Acknowledger.Call call, int most, Duration interval) {
    acknowledger =
        new Acknowledger(call, 0, most, interval, new Backoff(SOON, SOON, () -> 1), "acks");
    acknowledger.start();
    return acknowledger;
  }

  @AfterEach
  void close() {
    acknowledger.close();
  }

  @Test
  void enoughEventsAreToldAtOnce() {
    start(told::add, 10, NEVER);
    acknowledger.reached(4, 4);
    acknowledger.reached(8, 4);
    assertThat(told).isEmpty();
    acknowledger.reached(12, 4);
    MmmTasks.eventually("telling").until(() -> told.equals(List.of(12L)));
  }

  @Test
  void fewEventsAreToldInTime() {
    start(told::add, 10, SOON);
    acknowledger.reached(4, 4);
    MmmTasks.eventually("telling").until(() -> told.equals(List.of(4L)));
  }

  @Test
  void whatIsLeftIsToldAtTheEnd() {
    start(told::add, 10, NEVER);
    acknowledger.reached(4, 4);
    acknowledger.close();
    assertThat(told).containsExactly(4L);
  }

  @Test
  void whatWasToldIsNotToldAgain() {
    start(told::add, 1, SOON);
    acknowledger.reached(4, 4);
    MmmTasks.eventually("telling").until(() -> told.size() == 1);
    acknowledger.reached(4, 0);
    acknowledger.close();
    assertThat(told).containsExactly(4L);
  }

  @Test
  void whatComesAgainIsToldAgain() {
    start(told::add, 1, SOON);
    acknowledger.reached(4, 4);
    MmmTasks.eventually("telling").until(() -> told.size() == 1);
    acknowledger.cameAgain(3);
    MmmTasks.eventually("telling").until(() -> told.equals(List.of(4L, 4L)));
  }

  @Test
  void aFailureThatPassesIsTriedAgain() {
    start(
        id -> {
          told.add(id);
          if (told.size() < 3) {
            throw new IOException("away");
          }
        },
        1,
        SOON);
    acknowledger.reached(4, 4);
    MmmTasks.eventually("telling").until(() -> told.equals(List.of(4L, 4L, 4L)));
    acknowledger.check();
  }

  @Test
  void oneThatDoesNotPassIsThrownByTheCheck() {
    start(
        id -> {
          told.add(id);
          throw new ConnectException("Forbidden");
        },
        1,
        SOON);
    acknowledger.reached(4, 4);
    MmmTasks.eventually("failure")
        .untilAsserted(
            () -> assertThatThrownBy(() -> acknowledger.check()).hasMessage("Forbidden"));
  }
}
