package io.millrace.filter.feel.closure;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.chrono.ChronoPeriod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.SimpleType;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.feel.lang.types.impl.ComparablePeriod;
import org.kie.dmn.feel.util.NumberEvalHelper;

/** Pieces that make one value of others. */
final class Values {

  private Values() {}

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares closures.
  record ListOf(Closure[] elements) implements Closure {
    @Override
    public Object evaluate(Evaluation evaluation) {
      evaluation.spend(1);
      List<@Nullable Object> list = new ArrayList<>(elements.length);
      for (Closure element : elements) {
        list.add(element.evaluate(evaluation));
      }
      return list;
    }
  }

  /** One entry of a context; later entries see it by its name. */
  record Entry(String name, int slot, Closure value) {}

  record ContextOf(List<Entry> entries) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      evaluation.spend(1);
      Map<String, @Nullable Object> context = new LinkedHashMap<>();
      for (Entry entry : entries) {
        if (context.containsKey(entry.name)) {
          return null;
        }
        Object value = entry.value.evaluate(evaluation);
        evaluation.locals[entry.slot] = value;
        context.put(entry.name, value);
      }
      return context;
    }
  }

  record If(Closure condition, Closure then, Closure otherwise) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      return Objects.equals(condition.evaluate(evaluation), true)
          ? then.evaluate(evaluation)
          : otherwise.evaluate(evaluation);
    }
  }

  record Signed(boolean negative, Closure piece) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object value = piece.evaluate(evaluation);
      if (value instanceof String) {
        return null;
      }
      if (value instanceof ComparablePeriod period) {
        return negative ? period.negated() : period;
      }
      if (value instanceof Duration duration) {
        return negative ? duration.negated() : duration;
      }
      BigDecimal number = NumberEvalHelper.getBigDecimalOrNull(value);
      return number == null || !negative ? number : number.negate();
    }
  }

  record InstanceOf(Closure piece, Type type, Kind kind) implements Closure {

    static Kind kind(Type type, String text) {
      if (type != BuiltInType.DURATION) {
        return Kind.ANY;
      }
      return switch (text) {
        case SimpleType.YEARS_AND_MONTHS_DURATION -> Kind.MONTHS;
        case SimpleType.DAYS_AND_TIME_DURATION -> Kind.TIME;
        default -> Kind.ANY;
      };
    }

    /** The engine knows one type of duration; FEEL has two. */
    enum Kind {
      ANY,
      MONTHS,
      TIME
    }

    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object value = piece.evaluate(evaluation);
      if (kind == Kind.MONTHS) {
        return value instanceof ChronoPeriod;
      }
      if (kind == Kind.TIME) {
        return value instanceof Duration;
      }
      if (value instanceof List || value instanceof Map) {
        Weight.charge(value, evaluation);
      }
      return type.isInstanceOf(value);
    }
  }
}
