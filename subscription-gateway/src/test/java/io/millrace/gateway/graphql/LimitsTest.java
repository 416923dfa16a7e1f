package io.millrace.gateway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that are written to wear a server out. */
class LimitsTest {

  private final SchemaEngine engine =
      new SchemaEngine(new TestSchema().schema(), TestSchema.config(), () -> "track-1");

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void refusesWhatIsTooLarge(String name, String query) {
    ExecutionResult result = SchemaEngineTest.execute(engine, query, Map.of());

    assertThat(result.isDataPresent()).isFalse();
    assertThat(result.getErrors())
        .isNotEmpty()
        .allSatisfy(
            error -> {
              CodedError coded = (CodedError) error;
              assertThat(coded.code())
                  .isIn(ErrorCode.LIMIT_EXCEEDED, ErrorCode.GRAPHQL_VALIDATION_FAILED);
              SchemaEngineTest.assertNothingInternal(coded);
            });
  }

  static Stream<Arguments> bombs() {
    StringBuilder doubling = new StringBuilder("{ ...f0 }");
    for (int i = 0; i < 30; i++) {
      doubling.append(
          " fragment f%d on Query { a: node { name } ...f%d ...f%d }".formatted(i, i + 1, i + 1));
    }
    doubling.append(" fragment f30 on Query { b: node { name } }");
    return Stream.of(
        Arguments.of("deep", "{ node ".repeat(21) + "{ name }" + "}".repeat(21)),
        Arguments.of("very deep", "{ node ".repeat(2_000) + "{ name }" + "}".repeat(2_000)),
        Arguments.of("deep list", "{ echo(text: " + "[".repeat(2_000) + "]".repeat(2_000) + ") }"),
        Arguments.of("deep type", "query ($a: " + "[".repeat(2_000) + "Int" + "]".repeat(2_000)),
        Arguments.of("wide", "{ " + "time ".repeat(501) + "}"),
        Arguments.of("aliases", "{ " + aliases(501) + "}"),
        Arguments.of("doubling fragments", doubling.toString()),
        Arguments.of(
            "fragment cycle",
            "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a ...a }"),
        Arguments.of("a chain of fragments", chain(300)),
        Arguments.of("directives", "{ time " + "@skip(if: false) ".repeat(10_000) + "}"),
        Arguments.of("unknown directives", "{ time " + "@a".repeat(2_000) + "}"),
        Arguments.of("tokens", "{ time(" + "a:1 ".repeat(2_000) + ") }"),
        Arguments.of("characters", "{ time } #" + "x".repeat(1 << 16)),
        Arguments.of("whitespace", "{ time }" + " ".repeat(1 << 16)),
        Arguments.of(
            "a number of many digits", "{ echo(long: " + "1".repeat(60_000) + ") { long } }"),
        Arguments.of("same field, other arguments", "{ " + clashes(200) + "}"),
        Arguments.of(
            "introspection in circles",
            "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"),
        Arguments.of("introspection again and again", "{ " + schemas(20) + "}"));
  }

  @Test
  void takesWhatIsJustNotTooLarge() {
    String deep = "{ node ".repeat(19) + "{ name }" + "}".repeat(19);

    for (String query : new String[] {deep, "{ " + aliases(500) + "}"}) {
      assertThat(SchemaEngineTest.execute(engine, query, Map.of()).getErrors()).isEmpty();
    }
  }

  @Test
  void answersTheSameWhenAskedAgain() {
    String wrong = "{ nothing }";

    for (int i = 0; i < 3; i++) {
      assertThat(SchemaEngineTest.execute(engine, wrong, Map.of()).getErrors()).hasSize(1);
      assertThat(SchemaEngineTest.execute(engine, "{ time }", Map.of()).getErrors()).isEmpty();
    }
  }

  private static String chain(int length) {
    StringBuilder fragments = new StringBuilder("{ ...f0 }");
    for (int i = 0; i < length; i++) {
      fragments.append(" fragment f%d on Query { time ...f%d }".formatted(i, i + 1));
    }
    return fragments + " fragment f" + length + " on Query { time }";
  }

  private static String aliases(int count) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append("a").append(i).append(": time ");
    }
    return fields.toString();
  }

  private static String clashes(int count) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append("a: echo(int: ").append(i).append(") { int } ");
    }
    return fields.toString();
  }

  private static String schemas(int count) {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      fields.append("a").append(i).append(": __schema { types { name } } ");
    }
    return fields.toString();
  }
}
