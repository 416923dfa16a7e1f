package io.millrace.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T10:00:00Z",
        "2026-01-31T10:00:00.1Z",
        "2026-01-31T10:00:00.012Z",
        "2026-01-31T10:00:00.123456789Z",
        "2024-02-29T23:59:59.999999999Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.000001Z"
      })
  void readsWhatTheJdkReads(String text) {
    assertThat(UtcTime.parse(text)).isEqualTo(OffsetDateTime.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-01-31T10:00Z",
        "2026-01-31T10:00:00",
        "2026-01-31T10:00:00z",
        "2026-01-31t10:00:00Z",
        "2026-01-31T10:00:00+00:00",
        "2026-01-31T10:00:00.Z",
        "2026-01-31T10:00:00,5Z",
        "2026-01-31T10:00:00.-5Z",
        "2026-01-31T10:00:00.1234567890Z",
        "2026-01-31T10:00:0٠Z",
        "2026-02-29T10:00:00Z",
        "2026-13-01T10:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T23:59:60Z",
        "+2026-01-31T10:00:00Z"
      })
  void leavesOtherFormsToTheJdk(String text) {
    assertThat(UtcTime.parse(text)).isNull();
  }
}
