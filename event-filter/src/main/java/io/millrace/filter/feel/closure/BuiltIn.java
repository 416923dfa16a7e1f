package io.millrace.filter.feel.closure;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.runtime.FEELFunction;
import org.kie.dmn.feel.runtime.functions.BuiltInFunctions;

/**
 * A built-in function of FEEL, called without the engine's own dispatcher: that one logs each
 * mistyped argument as an error, with values of the event.
 */
public final class BuiltIn {

  // Runs texts of its arguments as expressions.
  private static final Set<String> REFUSED = Set.of("decision table");

  private static final Map<String, BuiltIn> ALL =
      Arrays.stream(BuiltInFunctions.getFunctions())
          .filter(function -> !REFUSED.contains(function.getName()))
          .collect(Collectors.toUnmodifiableMap(FEELFunction::getName, BuiltIn::new));

  private final FEELFunction function;
  private final List<Signature> signatures;
  private final Guard guard;

  private BuiltIn(FEELFunction function) {
    this.function = function;
    this.guard = Guards.of(function.getName());
    this.signatures =
        Arrays.stream(function.getClass().getDeclaredMethods())
            .filter(method -> method.getName().equals("invoke"))
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(method -> Signature.of(function, method))
            .toList();
  }

  /** The function of that name, words parted by one space; null if FEEL has none. */
  public static @Nullable BuiltIn named(String name) {
    return ALL.get(name);
  }

  /** All names, in alphabetical order. */
  public static Set<String> names() {
    return new TreeSet<>(ALL.keySet());
  }

  public String name() {
    return function.getName();
  }

  /** Whether it can be called with so many arguments by place. */
  public boolean takes(int count) {
    return signatures.stream().anyMatch(signature -> signature.takes(count));
  }

  /** Whether it can be called with arguments of these names. */
  public boolean takes(List<String> names) {
    return signatures.stream().anyMatch(signature -> signature.knows(names));
  }

  /** The numbers of arguments that it takes, such as {@code 1, 2 or 3}. */
  public String arities() {
    if (signatures.stream().anyMatch(Signature::isVariable)) {
      return "at least 1 argument";
    }
    List<Integer> counts =
        signatures.stream().map(signature -> signature.names().size()).distinct().sorted().toList();
    int last = counts.get(counts.size() - 1);
    String all = counts.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    return all + (last == 1 ? " argument" : " arguments");
  }

  /** The names of its parameters, such as {@code from, grouping separator}. */
  public String parameters() {
    return signatures.stream()
        .map(Signature::names)
        .flatMap(List::stream)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  Object engineFunction() {
    return function;
  }

  @Nullable Object call(@Nullable Object[] arguments, Evaluation evaluation) {
    return guarded(arguments, evaluation, signature -> arguments);
  }

  @Nullable Object call(List<String> names, @Nullable Object[] values, Evaluation evaluation) {
    return guarded(values, evaluation, signature -> signature.arrange(names, values));
  }

  private @Nullable Object guarded(
      @Nullable Object[] given,
      Evaluation evaluation,
      Function<Signature, @Nullable Object @Nullable []> order) {
    evaluation.spend(4);
    if (!guard.admits(given, evaluation)) {
      return null;
    }
    Signature best = null;
    Object[] arguments = null;
    int bestScore = Integer.MIN_VALUE;
    for (Signature signature : signatures) {
      @Nullable Object[] ordered = order.apply(signature);
      @Nullable Object[] adapted = ordered == null ? null : adapt(signature, ordered, given);
      int score = adapted == null ? bestScore : signature.score(ordered, given.length);
      if (adapted != null && score > bestScore) {
        best = signature;
        arguments = adapted;
        bestScore = score;
      }
    }
    return best == null || arguments == null
        ? null
        : Guards.bounded(best.invoke(arguments), evaluation);
  }

  private static @Nullable Object @Nullable [] adapt(
      Signature signature, @Nullable Object[] ordered, @Nullable Object[] given) {
    // What was given by name is in place already, its variable part too.
    return ordered != given && signature.isVariable() ? ordered : signature.adapt(ordered);
  }
}
