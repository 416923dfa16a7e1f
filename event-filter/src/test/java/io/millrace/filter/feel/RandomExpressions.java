package io.millrace.filter.feel;

import io.millrace.filter.feel.closure.BuiltIn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Random expressions over the variables of {@link #VARIABLES}, mostly of sensible types. */
final class RandomExpressions {

  static final Set<String> VARIABLES = Set.of("n", "m", "s", "t", "b", "c", "list", "rows", "d");

  // Other than the engine's on purpose, or not the same twice.
  private static final Set<String> LEFT_OUT =
      Set.of("now", "today", "matches", "replace", "decision table");

  private static final List<String> FUNCTIONS =
      BuiltIn.names().stream().filter(name -> !LEFT_OUT.contains(name)).toList();

  private final Random random;
  private final Deque<String> names = new ArrayDeque<>();
  private boolean inFilter;

  RandomExpressions(Random random) {
    this.random = random;
  }

  String next() {
    return any(4);
  }

  private String any(int depth) {
    return switch (random.nextInt(9)) {
      case 0 -> number(depth);
      case 1 -> string(depth);
      case 2 -> list(depth);
      case 3 -> temporal(depth);
      case 4 -> depth > 0 ? call(depth) : "null";
      case 5 -> depth > 0 ? context(depth) : "c";
      default -> bool(depth);
    };
  }

  private String bool(int depth) {
    if (depth == 0) {
      return pick("true", "false", "null", "b", "missing", "n > 3", "s = \"abc\"");
    }
    int d = depth - 1;
    return switch (random.nextInt(14)) {
      case 0, 1 -> "(" + bool(d) + pick(" and ", " or ") + bool(d) + ")";
      case 2 -> "not(" + bool(d) + ")";
      case 3, 4 -> "(" + number(d) + comparison() + number(d) + ")";
      case 5 -> "(" + string(d) + comparison() + string(d) + ")";
      case 6 -> "(" + any(d) + comparison() + any(d) + ")";
      case 7 -> "(" + any(d) + " in " + tests(d) + ")";
      case 8 -> "(" + number(d) + " between " + number(d) + " and " + number(d) + ")";
      case 9 -> quantified(d);
      case 10 -> "(" + any(d) + " instance of " + type() + ")";
      case 11 ->
          pick("starts with", "ends with", "contains") + "(" + string(d) + ", " + string(d) + ")";
      case 12 -> "(" + temporal(d) + comparison() + temporal(d) + ")";
      default -> "(if " + bool(d) + " then " + bool(d) + " else " + bool(d) + ")";
    };
  }

  private String number(int depth) {
    if (depth == 0) {
      return pick("0", "1", "2", "3.50", "-1", "n", "m", "c.x", "missing", name("2"));
    }
    int d = depth - 1;
    return switch (random.nextInt(7)) {
      case 0, 1 -> "(" + number(d) + pick(" + ", " - ", " * ", " / ") + number(d) + ")";
      case 2 -> "count(" + list(d) + ")";
      case 3 -> "-(" + number(d) + ")";
      case 4 -> pick("sum", "min", "max", "mean") + "(" + list(d) + ")";
      case 5 -> "string length(" + string(d) + ")";
      default -> "(if " + bool(d) + " then " + number(d) + " else " + number(d) + ")";
    };
  }

  private String string(int depth) {
    if (depth == 0) {
      return pick("\"abc\"", "\"b\"", "\"\"", "s", "t", "c.y", "rows[1].q", name("s"));
    }
    int d = depth - 1;
    return switch (random.nextInt(5)) {
      case 0 -> "(" + string(d) + " + " + string(d) + ")";
      case 1 -> pick("upper case", "lower case", "string") + "(" + string(d) + ")";
      case 2 -> "substring(" + string(d) + ", " + number(d) + ")";
      case 3 -> "string(" + any(d) + ")";
      default -> string(0);
    };
  }

  private String temporal(int depth) {
    if (depth == 0) {
      return pick(
          "@\"2026-11-21\"",
          "@\"2026-11-21T10:00:00Z\"",
          "@\"10:00:00\"",
          "@\"P1D\"",
          "@\"P1Y2M\"",
          "d",
          "date(\"2026-02-30\")",
          "date(s)");
    }
    int d = depth - 1;
    return "("
        + temporal(d)
        + pick(" + ", " - ", " * ")
        + pick(temporal(d), number(d))
        + ")"
        + pick("", "", ".year", ".days");
  }

  private String list(int depth) {
    if (depth == 0) {
      return pick("list", "rows", "[1, 2, 3]", "[]", "[\"abc\", null]", "rows.p");
    }
    int d = depth - 1;
    return switch (random.nextInt(6)) {
      case 0 -> "[" + any(d) + ", " + any(d) + "]";
      case 1, 2 -> list(d) + "[" + filter(d) + "]";
      case 3 -> loop(d);
      case 4 -> "(if " + bool(d) + " then " + list(d) + " else " + list(d) + ")";
      default -> pick("reverse", "distinct values", "flatten") + "(" + list(d) + ")";
    };
  }

  private String filter(int depth) {
    boolean outer = inFilter;
    inFilter = true;
    String text =
        pick("p > 1", "item > 1", "q = \"abc\"", "1", "-1", "p", bool(depth), number(depth));
    inFilter = outer;
    return text;
  }

  private String loop(int depth) {
    // The engine loses track of its frames in loops over other than one value: harmless over some
    // outside of a filter, where nothing looks at the names that stay, and wrong over none.
    String domain = inFilter ? "[" + any(depth) + "]" : pick("[1, n]", "1..3", "3..1", "rows");
    String variable = "i" + names.size();
    names.push(variable);
    String text = "(for " + variable + " in " + domain + " return " + any(depth) + ")";
    names.pop();
    return text;
  }

  private String quantified(int depth) {
    String domain = list(depth);
    String variable = "i" + names.size();
    names.push(variable);
    String text =
        pick("(some ", "(every ") + variable + " in " + domain + " satisfies " + bool(depth) + ")";
    names.pop();
    return text;
  }

  private String context(int depth) {
    return "{x: " + any(depth - 1) + ", y: " + any(depth - 1) + "}" + pick("", ".x", ".y", ".z");
  }

  private String call(int depth) {
    String function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
    List<Integer> counts =
        IntStream.rangeClosed(0, 4).filter(BuiltIn.named(function)::takes).boxed().toList();
    int count = counts.isEmpty() ? 7 : counts.get(random.nextInt(counts.size()));
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      arguments.add(any(depth - 1));
    }
    return arguments.stream().collect(Collectors.joining(", ", function + "(", ")"));
  }

  private String tests(int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> "(" + any(depth) + ", " + any(depth) + ")";
      case 1 -> "[" + number(depth) + ".." + number(depth) + "]";
      case 2 -> "(\"abc\", \"b\", \"x\")";
      case 3 -> "(> " + pick("1", "n", "\"b\"") + ", null)";
      default -> list(depth);
    };
  }

  private String comparison() {
    return pick(" = ", " != ", " < ", " <= ", " > ", " >= ");
  }

  private String type() {
    return pick("number", "string", "boolean", "date", "list<number>", "context<x: number>", "Any");
  }

  private String name(String otherwise) {
    if (inFilter) {
      return pick("p", "q", "item");
    }
    return names.isEmpty() ? otherwise : names.peek();
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
