package io.millrace.emitter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.http.RetryAfter;
import io.millrace.emitter.http.StatusPolicy;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.lane.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPolicyTest {

  private final StatusPolicy policy =
      new StatusPolicy(new RetryAfter(new TestClock(), Duration.ofHours(1)));

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 203, 204, 206, 299})
  void everySuccessIsDelivered(int status) {
    assertThat(policy.outcome(status, null)).isEqualTo(Outcome.DELIVERED);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void passingTroubleIsTriedAgain(int status) {
    assertThat(policy.outcome(status, null))
        .isEqualTo(new Outcome.Retry("HTTP " + status, status, null));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 304, 307, 308, 401, 403, 404, 405, 407})
  void anEndpointThatTakesNothingRefuses(int status) {
    assertThat(policy.outcome(status, null))
        .isEqualTo(new Outcome.Refused("HTTP " + status, status));
  }

  @Test
  void anEndpointThatIsGoneSaysSo() {
    assertThat(policy.outcome(410, null)).isEqualTo(new Outcome.Gone("HTTP 410", 410));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 406, 409, 411, 412, 413, 414, 415, 416, 417, 422, 431, 499})
  void anEventThatIsNotAcceptedIsRejected(int status) {
    assertThat(policy.outcome(status, null))
        .isEqualTo(new Outcome.Rejected("HTTP " + status, status));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          120                            | PT2M
          0                              | PT0S
          99999999999999                 | PT1H
          7200                           | PT1H
          Sun, 01 Feb 2026 00:00:58 GMT  | PT1M
          Sat, 31 Jan 2026 00:00:00 GMT  | PT0S
          """)
  void honoursRetryAfter(String header, Duration wait) {
    assertThat(policy.outcome(503, header)).isEqualTo(new Outcome.Retry("HTTP 503", 503, wait));
  }

  @Test
  void ignoresARetryAfterThatCannotBeRead() {
    assertThat(policy.outcome(503, "soon")).isEqualTo(new Outcome.Retry("HTTP 503", 503, null));
  }
}
