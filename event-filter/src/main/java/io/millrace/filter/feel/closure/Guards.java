package io.millrace.filter.feel.closure;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.util.NumberEvalHelper;

/** What each of the engine's functions must not be given, and what it costs with what it is. */
final class Guards {

  // Longer texts are no date, time, duration or range; the engine would still search them.
  private static final int MAX_TEMPORAL_TEXT = 256;

  private static final double MAX_EXP = 15_000;

  // More decimal digits than anything in this world needs.
  private static final long MAX_SERIES = 300;

  private static final long FEW_DIGITS = 100;

  private static final String ENDPOINT =
      "\\s*(?:null|[0-9.]+|\"[^\"]*\"|@\"[^\"]*\""
          + "|(?:date|time|date and time|duration)\\([^()\\[\\]{}a-zA-Z]*(?:\"[^\"]*\")?\\s*\\))?\\s*";

  private static final Pattern RANGE =
      Pattern.compile("\\s*[\\[\\](]" + ENDPOINT + "\\.\\." + ENDPOINT + "[\\[\\])]\\s*");

  private static final Pattern WIDE = Pattern.compile("[0-9]{4}");

  private static final Map<String, Guard> BY_NAME =
      Map.ofEntries(
          Map.entry("count", Guards::top),
          Map.entry("append", Guards::top),
          Map.entry("concatenate", Guards::top),
          Map.entry("insert before", Guards::top),
          Map.entry("remove", Guards::top),
          Map.entry("reverse", Guards::top),
          Map.entry("sublist", Guards::top),
          Map.entry("list replace", Guards::top),
          Map.entry("get value", Guards::context),
          Map.entry("get entries", Guards::context),
          Map.entry("context put", (a, e) -> context(a, e) && deep(a, e)),
          Map.entry("context merge", (a, e) -> contexts(a) && deep(a, e)),
          Map.entry("distinct values", Guards::pairs),
          Map.entry("union", Guards::pairs),
          Map.entry("product", (a, e) -> pairs(a, e) && spread(a, e)),
          Map.entry("sum", (a, e) -> deep(a, e) && spread(a, e)),
          Map.entry("mean", (a, e) -> deep(a, e) && spread(a, e)),
          Map.entry("median", (a, e) -> deep(a, e) && spread(a, e)),
          Map.entry("sort", Guards::sorting),
          Map.entry("string", Guards::format),
          Map.entry("string join", Guards::join),
          Map.entry("range", Guards::range),
          Map.entry("number", Guards::numerals),
          Map.entry("mode", Guards::numerals),
          Map.entry("stddev", (a, e) -> numerals(a, e) && spread(a, e)),
          Map.entry("exp", Guards::exp),
          Map.entry("log", Guards::series),
          Map.entry("sqrt", Guards::series),
          Map.entry("date", Guards::temporal),
          Map.entry("time", Guards::temporal),
          Map.entry("date and time", Guards::temporal),
          Map.entry("duration", Guards::temporal),
          Map.entry("contains", Guards::search),
          Map.entry("substring before", Guards::search),
          Map.entry("substring after", Guards::search),
          Map.entry("matches", Guards::never),
          Map.entry("replace", Guards::never),
          Map.entry("split", Guards::never));

  private Guards() {}

  /** A function that is not named here walks all of its arguments once. */
  static Guard of(String function) {
    return BY_NAME.getOrDefault(function, Guards::deep);
  }

  /** What a function has made, if it is not too much. */
  static @Nullable Object bounded(@Nullable Object result, Evaluation evaluation) {
    if (result instanceof String text) {
      Strings.charge(text.length(), evaluation);
    }
    return Numbers.bounded(result);
  }

  private static boolean top(@Nullable Object[] arguments, Evaluation evaluation) {
    for (Object argument : arguments) {
      Weight.chargeTop(argument, evaluation);
    }
    return true;
  }

  private static boolean deep(@Nullable Object[] arguments, Evaluation evaluation) {
    for (Object argument : arguments) {
      Weight.charge(argument, evaluation);
    }
    return true;
  }

  /** The function compares, or multiplies, each element with all before. */
  private static boolean pairs(@Nullable Object[] arguments, Evaluation evaluation) {
    deep(arguments, evaluation);
    long count = arguments.length;
    for (Object argument : arguments) {
      count += argument instanceof Collection<?> list ? list.size() : 0;
    }
    evaluation.spend(count * count / 16);
    return true;
  }

  private static boolean sorting(@Nullable Object[] arguments, Evaluation evaluation) {
    deep(arguments, evaluation);
    return deep(arguments, evaluation);
  }

  /** On what is no context the engine would look for getters. */
  private static boolean context(@Nullable Object[] arguments, Evaluation evaluation) {
    top(arguments, evaluation);
    return arguments.length > 0 && hasContext(arguments);
  }

  // By name, the context may stand anywhere.
  private static boolean hasContext(@Nullable Object[] arguments) {
    for (Object argument : arguments) {
      if (argument instanceof Map
          || (argument instanceof List<?> list && list.size() == 1 && list.get(0) instanceof Map)) {
        return true;
      }
    }
    return false;
  }

  private static boolean contexts(@Nullable Object[] arguments) {
    return arguments.length == 1
        && (arguments[0] instanceof Map
            || (arguments[0] instanceof List<?> list
                && list.stream().allMatch(Map.class::isInstance)));
  }

  /** With a mask it is Java's format: widths and copies multiply. */
  private static boolean format(@Nullable Object[] arguments, Evaluation evaluation) {
    deep(arguments, evaluation);
    if (arguments.length > 1) {
      long length = 0;
      long copies = 1;
      for (Object argument : arguments) {
        if (argument instanceof String text) {
          length += text.length();
          copies += text.chars().filter(c -> c == '%').count();
          if (text.contains("%") && WIDE.matcher(text).find()) {
            throw new OverBudgetException("a mask is too wide");
          }
        } else {
          length += 16_000;
        }
      }
      Strings.charge((length + 1000) * copies, evaluation);
    }
    return true;
  }

  private static boolean join(@Nullable Object[] arguments, Evaluation evaluation) {
    deep(arguments, evaluation);
    long length = 0;
    long count = 0;
    long delimiter = 0;
    for (Object argument : arguments) {
      if (argument instanceof String text) {
        delimiter = Math.max(delimiter, text.length());
      } else if (argument instanceof Collection<?> list) {
        count = Math.max(count, list.size());
        for (Object element : list) {
          length += element instanceof String text ? text.length() : 0;
        }
      }
    }
    Strings.charge(length + count * delimiter, evaluation);
    return true;
  }

  /** The engine parses the text as an expression and evaluates it, without any bound. */
  private static boolean range(@Nullable Object[] arguments, Evaluation evaluation) {
    evaluation.spend(100);
    return text(arguments) instanceof String text
        && text.length() <= MAX_TEMPORAL_TEXT
        && RANGE.matcher(text).matches();
  }

  private static @Nullable Object text(@Nullable Object[] arguments) {
    Object only = arguments.length == 1 ? arguments[0] : null;
    return only instanceof List<?> list && list.size() == 1 ? list.get(0) : only;
  }

  /** The function reads texts as numbers, which may be long, or out of range. */
  private static boolean numerals(@Nullable Object[] arguments, Evaluation evaluation) {
    deep(arguments, evaluation);
    for (Object argument : arguments) {
      if (argument instanceof Collection<?> list) {
        list.forEach(Guards::numeral);
      } else {
        numeral(argument);
      }
    }
    return true;
  }

  private static void numeral(@Nullable Object value) {
    if (value instanceof String text) {
      if (text.length() > Numbers.MAX_TEXT) {
        throw new OverBudgetException("the text of a number is too long");
      }
      Numbers.bounded(NumberEvalHelper.getBigDecimalOrNull(text));
    }
  }

  /**
   * The function adds exactly, and squares what it adds: numbers far apart have as many digits as
   * lie between them. Texts of numbers, which one of them reads, have their bounds from elsewhere.
   */
  private static boolean spread(@Nullable Object[] arguments, Evaluation evaluation) {
    long count = 0;
    long highest = 0;
    long lowest = 0;
    for (Object argument : arguments) {
      for (Object element :
          argument instanceof Collection<?> list ? list : Collections.singletonList(argument)) {
        BigDecimal number = NumberEvalHelper.getBigDecimalOrNull(element);
        if (number != null) {
          count++;
          highest = Math.max(highest, Numbers.exponent(number));
          lowest = Math.max(lowest, number.scale());
        }
      }
    }
    long digits = highest + lowest;
    if (digits > MAX_SERIES) {
      throw new OverBudgetException("numbers are too far apart");
    }
    if (digits > FEW_DIGITS) {
      evaluation.spend(count * digits * digits / FEW_DIGITS / FEW_DIGITS);
    }
    return true;
  }

  /** The function is a series, slow for numbers far from one. */
  private static boolean series(@Nullable Object[] arguments, Evaluation evaluation) {
    deep(arguments, evaluation);
    evaluation.spend(200);
    Object value = arguments.length == 1 ? arguments[0] : null;
    Object only = value instanceof List<?> list && list.size() == 1 ? list.get(0) : value;
    if (only instanceof BigDecimal number && !Numbers.isModest(number)) {
      throw new OverBudgetException("a number is out of range");
    }
    return true;
  }

  /** Plain search of a text in a text takes the product of their lengths at worst. */
  private static boolean search(@Nullable Object[] arguments, Evaluation evaluation) {
    deep(arguments, evaluation);
    if (arguments.length == 2
        && arguments[0] instanceof String text
        && arguments[1] instanceof String part) {
      Strings.chargeSearch(text, part, evaluation);
    }
    return true;
  }

  /** The engine's own has no bound; {@link Regexes} has one that does. */
  private static boolean never(@Nullable Object[] arguments, Evaluation evaluation) {
    return false;
  }

  private static boolean exp(@Nullable Object[] arguments, Evaluation evaluation) {
    deep(arguments, evaluation);
    evaluation.spend(200);
    Object value = arguments.length == 1 ? arguments[0] : null;
    Object only = value instanceof List<?> list && list.size() == 1 ? list.get(0) : value;
    if (only instanceof BigDecimal number && !(Math.abs(number.doubleValue()) < MAX_EXP)) {
      throw new OverBudgetException("a power is out of range");
    }
    return true;
  }

  private static boolean temporal(@Nullable Object[] arguments, Evaluation evaluation) {
    deep(arguments, evaluation);
    for (Object argument : arguments) {
      if (argument instanceof String text && text.length() > MAX_TEMPORAL_TEXT) {
        return false;
      }
    }
    return true;
  }
}
