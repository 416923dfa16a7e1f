package io.millrace.filter.feel;

import io.millrace.filter.feel.closure.Variables;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.chrono.ChronoPeriod;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.feel.util.BuiltInTypeUtils;
import org.kie.dmn.feel.util.DateTimeEvalHelper;

/** Values of the kit's cases. */
final class TckValues {

  private static final BigDecimal TOLERANCE = new BigDecimal("1e-8");

  private TckValues() {}

  static Object read(Object typed) {
    if (!(typed instanceof Map<?, ?> value)) {
      return null;
    }
    Object v = value.get("v");
    return switch ((String) value.get("t")) {
      case "null" -> null;
      case "boolean" -> Boolean.valueOf((String) v);
      case "number" -> v == null ? null : new BigDecimal((String) v);
      case "string" -> v;
      case "date" -> convert("date", v);
      case "time" -> convert("time", v);
      case "dateTime" -> convert("date and time", v);
      case "duration" -> convert("duration", v);
      case "list" -> list((List<?>) v);
      case "context" -> context((Map<?, ?>) v);
      default -> throw new IllegalArgumentException("type " + value.get("t"));
    };
  }

  private static Object convert(String function, Object text) {
    try {
      return FeelCompiler.compile(function + "(data)")
          .program()
          .run(Variables.of(Map.of("data", text)), System::nanoTime);
    } catch (InvalidExpressionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object list(List<?> values) {
    List<Object> read = new ArrayList<>();
    values.forEach(value -> read.add(read(value)));
    return read;
  }

  private static Object context(Map<?, ?> values) {
    Map<String, Object> read = new LinkedHashMap<>();
    values.forEach((name, value) -> read.put((String) name, read(value)));
    return read;
  }

  /** As a decision of that type gives its result: DMN 1.5, section 10.3.2.9.4. */
  static Object coerce(Object value, List<?> type) {
    if (type == null || value == null) {
      return value;
    }
    boolean wantsList = Boolean.TRUE.equals(type.get(1));
    if (wantsList) {
      return value instanceof List ? value : List.of(value);
    }
    Object one = value instanceof List<?> list && list.size() == 1 ? list.get(0) : value;
    if (one instanceof LocalDate date && type.get(0).equals("date and time")) {
      return DateTimeEvalHelper.coerceDateTime(date);
    }
    return fits(one, (String) type.get(0)) ? one : null;
  }

  private static boolean fits(Object value, String type) {
    return switch (type) {
      case "Any" -> true;
      case "years and months duration", "yearMonthDuration" -> value instanceof ChronoPeriod;
      case "days and time duration", "dayTimeDuration" -> value instanceof Duration;
      default ->
          value == null
              || BuiltInTypeUtils.determineTypeFromInstance(value)
                  == BuiltInTypeUtils.determineTypeFromName(type)
              || BuiltInTypeUtils.determineTypeFromName(type) == BuiltInType.UNKNOWN;
    };
  }

  static boolean same(Object expected, Object actual) {
    if (expected instanceof BigDecimal a && actual instanceof BigDecimal b) {
      BigDecimal scale = a.abs().max(BigDecimal.ONE);
      return a.subtract(b).abs().compareTo(scale.multiply(TOLERANCE)) <= 0;
    }
    if (expected instanceof List<?> a && actual instanceof List<?> b) {
      boolean same = a.size() == b.size();
      for (int i = 0; same && i < a.size(); i++) {
        same = same(a.get(i), b.get(i));
      }
      return same;
    }
    if (expected instanceof Map<?, ?> a && actual instanceof Map<?, ?> b) {
      return a.keySet().equals(b.keySet())
          && a.keySet().stream().allMatch(name -> same(a.get(name), b.get(name)));
    }
    if (expected instanceof TemporalAccessor && actual instanceof TemporalAccessor) {
      return expected.equals(actual) || expected.toString().equals(actual.toString());
    }
    return Objects.equals(expected, actual);
  }
}
