package io.millrace.filter.feel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.filter.Events;
import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.closure.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.types.BuiltInType;

/**
 * The cases of the DMN Technology Compatibility Kit, by the way that a filter goes: compiled,
 * guarded, run as closures. What the guard refuses on purpose is listed by id, with the reason.
 */
class ConformanceTest {

  private static final String CASES = "shared/feel-tck/cases.jsonl";
  private static final double SHARE = 0.999;

  @Test
  void nearlyAllCasesOfTheKitPass() throws Exception {
    Path cases = findCases();
    assumeTrue(cases != null, "the kit's cases are not here: no ../" + CASES);
    Map<String, String> refusals = refusals();
    List<String> failures = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    int counted = 0;
    for (String line : Files.readAllLines(cases)) {
      Map<?, ?> one = (Map<?, ?>) new EventView(Events.withData(line)).data();
      String id = (String) one.get("id");
      Verdict verdict = judge(one);
      if (verdict.refused() && refusals.containsKey(id)) {
        refused.add(id);
        continue;
      }
      counted++;
      if (!verdict.passed()) {
        failures.add(id + " | " + one.get("expression") + " | " + verdict.reason());
      }
    }
    System.out.printf(
        "DMN TCK: %d of %d cases pass, %d more refused on purpose%n",
        counted - failures.size(), counted, refused.size());
    assertThat(refused).as("refusals that are listed").containsAll(refusals.keySet());
    assertThat((double) (counted - failures.size()) / counted)
        .as("failures: %s", String.join("\n", failures))
        .isGreaterThanOrEqualTo(SHARE);
  }

  private record Verdict(boolean passed, boolean refused, String reason) {}

  private static Verdict judge(Map<?, ?> one) {
    boolean error = Boolean.TRUE.equals(one.get("errorResult"));
    Object expected = TckValues.read(one.get("expected"));
    try {
      Object actual = TckValues.coerce(evaluate(one), (List<?>) one.get("resultType"));
      boolean same = TckValues.same(error ? null : expected, actual);
      return new Verdict(same, false, "expected " + expected + ", was " + actual);
    } catch (InvalidExpressionException e) {
      // The kit's error, told when the filter is registered.
      return new Verdict(error, true, "refused: " + e.reason());
    } catch (RuntimeException e) {
      return new Verdict(error || expected == null, false, e.toString());
    }
  }

  private static Object evaluate(Map<?, ?> one) throws InvalidExpressionException {
    Map<String, Object> values = new HashMap<>();
    ((Map<?, ?>) one.get("context")).forEach((k, v) -> values.put((String) k, TckValues.read(v)));
    ((Map<?, ?>) one.get("inputTypes")).forEach((k, v) -> values.putIfAbsent((String) k, null));
    for (Object let : (List<?>) one.get("let")) {
      Map<?, ?> decision = (Map<?, ?>) let;
      Object value = run((String) decision.get("expression"), values);
      values.put((String) decision.get("name"), value);
    }
    return run((String) one.get("expression"), values);
  }

  private static Object run(String text, Map<String, Object> values)
      throws InvalidExpressionException {
    Map<String, Type> types =
        values.keySet().stream()
            .collect(Collectors.toMap(name -> name, name -> BuiltInType.UNKNOWN));
    return FeelCompiler.compile(text, types).program().run(Variables.of(values), System::nanoTime);
  }

  private static Path findCases() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .map(folder -> folder.resolve(CASES))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElse(null);
  }

  private static Map<String, String> refusals() throws IOException {
    try (InputStream in = ConformanceTest.class.getResourceAsStream("/feel-tck-refusals.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", 2))
          .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }
  }

  @Test
  void everyRefusalHasAReason() throws IOException {
    assertThat(Set.copyOf(refusals().values())).isNotEmpty().noneMatch(String::isBlank);
  }
}
