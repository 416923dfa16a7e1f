package io.millrace.emitter.powerbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.model.emitter.PowerBiColumn;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CellsTest {

  static Stream<Arguments> taken() {
    return Stream.of(
        Arguments.of(PowerBiColumn.Type.INT64, new BigDecimal("42.0"), 42L),
        Arguments.of(PowerBiColumn.Type.INT64, "-7", -7L),
        Arguments.of(PowerBiColumn.Type.DOUBLE, new BigDecimal("1.5"), 1.5),
        Arguments.of(PowerBiColumn.Type.DOUBLE, " 1e3 ", 1000.0),
        Arguments.of(PowerBiColumn.Type.BOOLEAN, true, true),
        Arguments.of(PowerBiColumn.Type.BOOLEAN, "False", false),
        Arguments.of(
            PowerBiColumn.Type.DATE_TIME,
            ZonedDateTime.parse("2026-01-31T10:00:00+02:00"),
            "2026-01-31T08:00:00Z"),
        Arguments.of(
            PowerBiColumn.Type.DATE_TIME, "2026-01-31T10:00:00.5Z", "2026-01-31T10:00:00.500Z"),
        Arguments.of(PowerBiColumn.Type.DATE_TIME, "2026-01-31T10:00:00", "2026-01-31T10:00:00"),
        Arguments.of(PowerBiColumn.Type.DATE_TIME, "2026-01-31", "2026-01-31T00:00:00"),
        Arguments.of(
            PowerBiColumn.Type.DATE_TIME, LocalDate.of(2026, 1, 31), "2026-01-31T00:00:00"),
        Arguments.of(
            PowerBiColumn.Type.DATE_TIME,
            LocalDateTime.of(2026, 1, 31, 1, 2),
            "2026-01-31T01:02:00"),
        Arguments.of(PowerBiColumn.Type.STRING, "x".repeat(4_000), "x".repeat(4_000)),
        Arguments.of(PowerBiColumn.Type.STRING, new BigDecimal("1.50"), "1.5"),
        Arguments.of(PowerBiColumn.Type.STRING, true, "true"),
        Arguments.of(PowerBiColumn.Type.STRING, Duration.ofSeconds(90), "PT1M30S"));
  }

  @ParameterizedTest
  @MethodSource("taken")
  void takesTheValue(PowerBiColumn.Type type, Object value, Object cell) throws Exception {
    assertThat(Cells.cell(type, value)).isEqualTo(cell);
  }

  @ParameterizedTest
  @EnumSource
  void everyColumnTakesNothing(PowerBiColumn.Type type) throws Exception {
    assertThat(Cells.cell(type, null)).isNull();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            PowerBiColumn.Type.INT64,
            new BigDecimal("1.5"),
            "takes whole numbers of 64 bits, and the value is none"),
        Arguments.of(
            PowerBiColumn.Type.INT64,
            new BigDecimal("9223372036854775808"),
            "takes whole numbers of 64 bits, and the value is none"),
        Arguments.of(
            PowerBiColumn.Type.INT64, "many", "takes numbers, and the value is another text"),
        Arguments.of(
            PowerBiColumn.Type.DOUBLE,
            new BigDecimal("1e400"),
            "takes numbers of double precision, and the value is larger"),
        Arguments.of(PowerBiColumn.Type.DOUBLE, true, "takes numbers, and the value is a boolean"),
        Arguments.of(
            PowerBiColumn.Type.BOOLEAN,
            BigDecimal.ONE,
            "takes true and false, and the value is a number"),
        Arguments.of(
            PowerBiColumn.Type.DATE_TIME,
            "yesterday",
            "takes dates and times such as 2026-01-31T10:00:00Z, and the value is another text"),
        Arguments.of(
            PowerBiColumn.Type.STRING,
            List.of(1),
            "takes text, and the value is a list or a context"),
        Arguments.of(
            PowerBiColumn.Type.STRING,
            "x".repeat(4_001),
            "takes 4000 characters, and the value has 4001"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void saysWhatTheColumnTakes(PowerBiColumn.Type type, @Nullable Object value, String reason) {
    assertThatExceptionOfType(InvalidRowException.class)
        .isThrownBy(() -> Cells.cell(type, value))
        .withMessage(reason);
  }
}
