package io.millrace.gateway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import graphql.introspection.IntrospectionQuery;
import io.millrace.gateway.auth.Principal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaEngineTest {

  private static final Principal ANN = new Principal("ann", Set.of(), null, null);

  private final TestSchema schema = new TestSchema();
  private final SchemaEngine engine =
      new SchemaEngine(schema.schema(), TestSchema.config(), () -> "track-1");

  @Test
  void knowsTheCaller() {
    assertThat(data("{ caller }")).isEqualTo(Map.of("caller", "ann"));
  }

  @Test
  void givesTimesAsXmlDoes() {
    assertThat(data("{ time }")).isEqualTo(Map.of("time", "2021-05-25T09:03:23.730010Z"));
  }

  @Test
  void takesStringsForNumbersAndBooleansInVariables() {
    String query =
        """
        query ($i: Int!, $l: Long!, $f: Float!, $b: Boolean!) {
          echo(int: $i, long: $l, float: $f, boolean: $b) { int long float boolean }
        }
        """;
    Map<String, Object> variables =
        Map.of("i", "10", "l", "9007199254740993", "f", "1.5", "b", "true");

    assertThat(data(query, variables))
        .isEqualTo(
            Map.of(
                "echo",
                Map.of("int", 10, "long", 9007199254740993L, "float", 1.5, "boolean", true)));
  }

  @ParameterizedTest
  @CsvSource({
    "Int, int, ten",
    "Int, int, 1.5",
    "Int, int, 3000000000",
    "Int, int, ''",
    "Long, long, 9223372036854775808",
    "Long, long, 1e400",
    "Float, float, much",
    "Boolean, boolean, perhaps",
    "GID, gid, 17",
    "DateTime, time, 2021-05-25",
  })
  void namesTheVariableThatIsWrong(String type, String argument, String value) {
    String query = "query ($v: %s) { echo(%s: $v) { int } }".formatted(type, argument);

    CodedError error = onlyError(query, Map.of("v", value));

    assertThat(error.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
    assertThat(error.message()).contains("'v'");
    assertNothingInternal(error);
  }

  @Test
  void readsNoNumbersOfAMillionDigits() {
    String digits = "1".repeat(1_000_000);
    for (String type : List.of("Int", "Long", "Float")) {
      String query =
          "query ($v: %s) { echo(%s: $v) { int } }".formatted(type, type.toLowerCase(Locale.ROOT));
      assertThat(onlyError(query, Map.of("v", digits)).code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
    }
  }

  @Test
  void bendsNothingElse() {
    String query = "query ($v: String) { echo(text: $v) { text } }";

    for (Object value :
        List.of(17, true, Map.of("a", 1), List.of(List.of()), new BigDecimal("1.0"))) {
      CodedError error = onlyError(query, Map.of("v", value));
      assertThat(error.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
      assertNothingInternal(error);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ echo(gid: \"x\") { gid } }",
        "{ echo(gid: {a: [1, \"is not a valid\"]}) { gid } }",
        "{ echo(long: 9223372036854775808) { long } }",
        "{ echo(int: \"ten\") { int } }",
        "{ echo(time: \"noon\") { time } }",
      })
  void namesTheArgumentThatIsWrong(String query) {
    CodedError error = onlyError(query);

    assertThat(error.code()).isEqualTo(ErrorCode.GRAPHQL_VALIDATION_FAILED);
    assertThat(error.message()).containsPattern("argument '(gid|long|int|time)' is not a valid");
    assertThat(error.locations()).isNotEmpty();
    assertNothingInternal(error);
  }

  @Test
  void takesLiteralsOfItsScalars() {
    String id = "AE92c852-43a7-4942-b274-29aa252c205b";
    String query =
        "{ echo(gid: \"%s\", long: \"17\", time: \"2021-05-25T11:03:23+02:00\") { gid long time } }";

    assertThat(data(query.formatted(id)))
        .isEqualTo(Map.of("echo", Map.of("gid", id, "long", 17L, "time", "2021-05-25T09:03:23Z")));
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void tellsWhatResolversRefuse(ErrorCode code) {
    for (String field : List.of("refuses", "refusesLater")) {
      CodedError error = onlyError("{ %s(code: \"%s\") }".formatted(field, code));

      assertThat(error.toSpecification())
          .containsEntry("message", "refused for a reason")
          .containsEntry("path", List.of(field))
          .containsEntry("extensions", Map.of("code", code.name()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"breaks", "isMissing", "notANumber"})
  void tellsNothingOfItsFaultsButWhereToLook(String field) {
    CodedError error = onlyError("{ " + field + " }");

    assertThat(error.toSpecification())
        .containsEntry("message", "Something went wrong in the gateway: track-1")
        .containsEntry("path", List.of(field))
        .containsEntry("extensions", Map.of("code", "INTERNAL", "tracking", "track-1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                          | GRAPHQL_PARSE_FAILED",
        "''                         | GRAPHQL_PARSE_FAILED",
        "type A { b: Int }          | GRAPHQL_VALIDATION_FAILED",
        "{ nothing }                | GRAPHQL_VALIDATION_FAILED",
        "query A { time } query B { time } | OPERATION_RESOLUTION_FAILURE",
        "query ($i: Int!) { echo(int: $i) { int } } | BAD_USER_INPUT",
        "fragment a on Query { ...b } fragment b on Query { ...a } { ...a } | GRAPHQL_VALIDATION_FAILED",
        "subscription { __typename } | GRAPHQL_VALIDATION_FAILED",
      })
  void givesEachErrorItsCode(String query, ErrorCode code) {
    CodedError error = (CodedError) execute(engine, query, Map.of()).getErrors().get(0);

    assertThat(error.code()).isEqualTo(code);
    assertNothingInternal(error);
  }

  @Test
  void answersTheQueriesOfTools() {
    ExecutionResult result = execute(engine, IntrospectionQuery.INTROSPECTION_QUERY, Map.of());

    assertThat(result.getErrors()).isEmpty();
    assertThat(result.toSpecification().toString()).contains("Gives back what it was given.");
  }

  @Test
  void endsWhatTakesTooLong() {
    GraphQlConfig hasty =
        new GraphQlConfig(1 << 16, 5_000, 20, 500, Duration.ofMillis(100), 1 << 18);
    SchemaEngine hastyEngine = new SchemaEngine(schema.schema(), hasty, () -> "track-1");

    ExecutionResult result = execute(hastyEngine, "{ never }", Map.of());

    assertThat(((CodedError) result.getErrors().get(0)).code()).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(result.isDataPresent()).isFalse();
  }

  static void assertNothingInternal(CodedError error) {
    assertThat(error.toSpecification().toString())
        .doesNotContain("graphql.", "java.", "Exception", "LinkedHashMap", "ArrayList", "Big")
        .doesNotContain("Value{", "secret", "ANTLR");
  }

  private Object data(String query) {
    return data(query, Map.of());
  }

  private Object data(String query, Map<String, Object> variables) {
    ExecutionResult result = execute(engine, query, variables);
    assertThat(result.getErrors()).isEmpty();
    return result.getData();
  }

  private CodedError onlyError(String query) {
    return onlyError(query, Map.of());
  }

  private CodedError onlyError(String query, Map<String, Object> variables) {
    ExecutionResult result = execute(engine, query, variables);
    assertThat(result.getErrors()).hasSize(1);
    return (CodedError) result.getErrors().get(0);
  }

  static ExecutionResult execute(
      GraphQlEngine engine, String query, Map<String, Object> variables) {
    GraphQlRequest request = new GraphQlRequest(query, null, variables);
    return engine.execute(request, ANN).toCompletableFuture().join();
  }
}
