package io.millrace.filter.feel.closure;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pieces that call a built-in function. */
final class Calls {

  private Calls() {}

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares closures.
  record ByPlace(BuiltIn function, Closure[] arguments) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      return function.call(all(arguments, evaluation), evaluation);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares closures.
  record ByName(BuiltIn function, List<String> names, Closure[] arguments) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      return function.call(names, all(arguments, evaluation), evaluation);
    }
  }

  static @Nullable Object[] all(Closure[] pieces, Evaluation evaluation) {
    @Nullable Object[] values = new Object[pieces.length];
    for (int i = 0; i < pieces.length; i++) {
      values[i] = pieces[i].evaluate(evaluation);
    }
    return values;
  }

  /** The functions that filters use most, for the types that they are meant for. */
  static Closure direct(BuiltIn function, Closure[] arguments) {
    if (arguments.length == 1) {
      Closure only = arguments[0];
      return switch (function.name()) {
        case "count" -> new One(function, only, Calls::count);
        case "not" -> new One(function, only, Calls::not);
        case "date" -> new One(function, only, Calls::date);
        default -> new ByPlace(function, arguments);
      };
    }
    if (arguments.length == 2) {
      Closure first = arguments[0];
      Closure second = arguments[1];
      return switch (function.name()) {
        case "starts with" -> new OfTexts(function, first, second, String::startsWith);
        case "ends with" -> new OfTexts(function, first, second, String::endsWith);
        case "contains" -> new OfTexts(function, first, second, String::contains);
        default -> new ByPlace(function, arguments);
      };
    }
    return new ByPlace(function, arguments);
  }

  /** The quick way of a function of one argument; null if it does not apply. */
  @FunctionalInterface
  interface Quick {
    @Nullable Object of(@Nullable Object argument);
  }

  record One(BuiltIn function, Closure argument, Quick quick) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object value = argument.evaluate(evaluation);
      Object result = quick.of(value);
      return result != null ? result : function.call(new Object[] {value}, evaluation);
    }
  }

  /** A question to two texts. */
  @FunctionalInterface
  interface Question {
    boolean test(String text, String part);
  }

  record OfTexts(BuiltIn function, Closure text, Closure part, Question question)
      implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object t = text.evaluate(evaluation);
      Object p = part.evaluate(evaluation);
      if (t instanceof String whole && p instanceof String sought) {
        if (whole.length() > Strings.STEP) {
          Strings.chargeSearch(whole, sought, evaluation);
        }
        return question.test(whole, sought);
      }
      return function.call(new Object[] {t, p}, evaluation);
    }
  }

  private static @Nullable Object count(@Nullable Object value) {
    return value instanceof List<?> list ? BigDecimal.valueOf(list.size()) : null;
  }

  private static @Nullable Object not(@Nullable Object value) {
    return value instanceof Boolean bool ? !bool : null;
  }

  // 2026-11-21, by far the most common form; all others are the engine's.
  private static @Nullable Object date(@Nullable Object value) {
    if (!(value instanceof String text) || text.length() != 10) {
      return null;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    if (year < 0 || month < 0 || day < 0 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return null;
    }
    try {
      return LocalDate.of(year, month, day);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
