package io.millrace.filter.feel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.filter.feel.closure.OverBudgetException;
import io.millrace.filter.feel.closure.Variables;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.types.BuiltInType;

/** Random expressions over random variables: closures say exactly what the engine says. */
class DifferentialTest {

  private static final int EXPRESSIONS = Integer.getInteger("millrace.expressions", 4000);
  private static final String FAULT = "a fault";

  private static final Map<String, Type> TYPES =
      RandomExpressions.VARIABLES.stream()
          .collect(Collectors.toMap(name -> name, name -> BuiltInType.UNKNOWN));

  @Test
  void closuresAgreeWithTheEngine() {
    long seed = Long.getLong("millrace.seed", 20261121);
    Random random = new Random(seed);
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      String text = new RandomExpressions(random).next();
      Map<String, Object> variables = variables(random);
      Parsed parsed = parse(text);
      if (parsed == null) {
        continue;
      }
      Object ours = outcome(() -> parsed.program().run(Variables.of(variables), () -> 0));
      Object theirs = outcome(() -> BareEngine.evaluate(parsed.tree(), variables));
      compared++;
      if (!String.valueOf(ours).equals(String.valueOf(theirs))) {
        differences.add(text + "\n  with " + variables + "\n  ours " + ours + ", theirs " + theirs);
      }
    }
    assertThat(compared).as("expressions that were compared").isGreaterThan(EXPRESSIONS / 2);
    assertThat(differences).as("seed %d, %d differ", seed, differences.size()).isEmpty();
  }

  private static Parsed parse(String text) {
    try {
      return FeelCompiler.compile(text, TYPES);
    } catch (InvalidExpressionException e) {
      return null;
    }
  }

  private static Object outcome(Supplier<Object> evaluation) {
    try {
      return evaluation.get();
    } catch (OverBudgetException e) {
      throw e;
    } catch (RuntimeException e) {
      return FAULT;
    }
  }

  private static Map<String, Object> variables(Random random) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("n", value(random));
    variables.put("m", BigDecimal.valueOf(random.nextInt(9) - 3));
    variables.put("s", pick(random, "abc", "b", "2026-11-21", ""));
    variables.put("t", value(random));
    variables.put("b", pick(random, true, false, null));
    variables.put("c", context("x", value(random), "y", pick(random, "abc", "z", null)));
    variables.put("list", Arrays.asList(value(random), value(random), value(random)));
    variables.put(
        "rows",
        List.of(
            context("p", value(random), "q", pick(random, "abc", "b")),
            context("p", BigDecimal.ONE, "q", value(random))));
    variables.put("d", LocalDate.of(2026, 11, 1 + random.nextInt(28)));
    return variables;
  }

  private static Object value(Random random) {
    return pick(
        random, new BigDecimal("1.50"), BigDecimal.valueOf(3), "abc", "7", true, null, List.of());
  }

  private static Map<String, Object> context(String a, Object x, String b, Object y) {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put(a, x);
    context.put(b, y);
    return context;
  }

  private static Object pick(Random random, Object... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
