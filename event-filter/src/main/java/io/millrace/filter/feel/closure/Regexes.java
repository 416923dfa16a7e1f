package io.millrace.filter.feel.closure;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code matches}, {@code replace} and {@code split} in linear time. The engine hands the first two
 * to an XQuery processor, as text in which the flags are not quoted, and the third to Java's own
 * regular expressions, which can take for ever.
 */
final class Regexes {

  private static final Map<String, List<String>> PARAMETERS =
      Map.of(
          "matches", List.of("input", "pattern", "flags"),
          "replace", List.of("input", "pattern", "replacement", "flags"),
          "split", List.of("string", "delimiter"));

  private Regexes() {}

  /** The parameters of such a function in their order; null if the function is none of these. */
  static @Nullable List<String> parameters(String function) {
    return PARAMETERS.get(function);
  }

  /**
   * A call, its pattern compiled at once if it is a literal.
   *
   * @param arguments in the order of the parameters
   * @throws IllegalArgumentException if a literal pattern cannot be matched in linear time
   */
  static Closure call(String function, Closure[] arguments) {
    Closure none = Constant.NULL;
    if (function.equals("split")) {
      return new Call(arguments[0], pattern(arguments[1], none, true), none, Regexes::split);
    }
    boolean replace = function.equals("replace");
    int flagsAt = replace ? 3 : 2;
    Closure flags = arguments.length > flagsAt ? arguments[flagsAt] : none;
    Source source = pattern(arguments[1], flags, false);
    return replace
        ? new Call(arguments[0], source, arguments[2], Regexes::replace)
        : new Call(arguments[0], source, none, Regexes::matches);
  }

  /** Where the regular expression comes from; null if what comes is none. */
  @FunctionalInterface
  private interface Source {
    @Nullable Regex regex(Evaluation evaluation);
  }

  /** What is done with it. */
  @FunctionalInterface
  private interface Use {
    @Nullable Object on(String input, Regex regex, @Nullable Object extra, Evaluation evaluation);
  }

  private record Call(Closure input, Source source, Closure extra, Use use) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object text = single(input.evaluate(evaluation));
      Regex regex = source.regex(evaluation);
      Object more = single(extra.evaluate(evaluation));
      return text instanceof String string && regex != null
          ? use.on(string, regex, more, evaluation)
          : null;
    }
  }

  private static Source pattern(Closure pattern, Closure flags, boolean java) {
    if (pattern instanceof Constant p && flags instanceof Constant f) {
      Object text = single(p.value());
      Object options = single(f.value());
      Regex regex =
          text instanceof String string && (options == null || options instanceof String)
              ? compile(string, options == null ? "" : (String) options, java)
              : null;
      return evaluation -> regex;
    }
    return evaluation -> {
      Object text = single(pattern.evaluate(evaluation));
      Object options = single(flags.evaluate(evaluation));
      if (!(text instanceof String string) || !(options == null || options instanceof String)) {
        return null;
      }
      evaluation.spend(20 + 4L * string.length());
      try {
        return compile(string, options == null ? "" : (String) options, java);
      } catch (IllegalArgumentException e) {
        return null;
      }
    };
  }

  // split's delimiter is a pattern of Java's dialect, which RE2's mostly is.
  private static Regex compile(String pattern, String flags, boolean java) {
    Regex checked = XPathPattern.compile(java ? javaOnly(pattern) : pattern, flags);
    if (!java) {
      return checked;
    }
    try {
      return new Regex(Pattern.compile(pattern), checked.size(), false);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("the pattern is not valid: " + e.getDescription(), e);
    }
  }

  // Only to measure: what only Java's dialect escapes is one state, as a letter is.
  private static String javaOnly(String pattern) {
    return pattern.replaceAll("\\\\[bBAzQEefavx]", "x").replaceAll("\\\\([^\\w\\s])", "x");
  }

  private static @Nullable Object matches(
      String input, Regex regex, @Nullable Object extra, Evaluation evaluation) {
    return regex.finds(input, evaluation);
  }

  private static @Nullable Object replace(
      String input, Regex regex, @Nullable Object replacement, Evaluation evaluation) {
    return replacement instanceof String text ? regex.replace(input, text, evaluation) : null;
  }

  private static @Nullable Object split(
      String input, Regex regex, @Nullable Object extra, Evaluation evaluation) {
    return regex.split(input, evaluation);
  }

  // FEEL takes a list of one for its element where a text is wanted.
  private static @Nullable Object single(@Nullable Object value) {
    return value instanceof List<?> list && list.size() == 1 ? list.get(0) : value;
  }
}
