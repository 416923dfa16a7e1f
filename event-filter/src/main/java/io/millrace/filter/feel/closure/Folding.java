package io.millrace.filter.feel.closure;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Evaluates while compiling what does not depend on an event. */
final class Folding {

  private Folding() {}

  static Closure fold(Closure piece) {
    Object value;
    if (piece instanceof Values.ListOf list && areConstants(list.elements())) {
      value = Collections.unmodifiableList((List<?>) list.evaluate(Evaluation.ofConstants()));
    } else if ((piece instanceof Ranges.Literal range && areConstants(range.start(), range.end()))
        || (piece instanceof Values.Signed signed && areConstants(signed.piece()))) {
      try {
        value = piece.evaluate(Evaluation.ofConstants());
      } catch (RuntimeException e) {
        return piece;
      }
    } else {
      return piece;
    }
    return new Constant(value);
  }

  /** Of a call; only what is small and the same at any time. */
  static Closure foldCall(String function, Closure call, Closure[] arguments) {
    if (function.equals("now") || function.equals("today") || !areConstants(arguments)) {
      return call;
    }
    try {
      Object value = call.evaluate(Evaluation.ofConstants());
      return value == null || value instanceof Collection || value instanceof Map
          ? call
          : new Constant(value);
    } catch (RuntimeException e) {
      return call;
    }
  }

  /** The texts of a list of nothing else; null if it is another list or none. */
  static @Nullable Set<String> texts(Closure tests) {
    return tests instanceof Constant constant
            && constant.value() instanceof List<?> list
            && list.size() > 1
            && list.stream().allMatch(String.class::isInstance)
        ? list.stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet())
        : null;
  }

  private static boolean areConstants(Closure... pieces) {
    return Arrays.stream(pieces).allMatch(Constant.class::isInstance);
  }
}
