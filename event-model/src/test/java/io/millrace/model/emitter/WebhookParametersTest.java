package io.millrace.model.emitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookParametersTest {

  @Test
  void numbersAndHeadersMayBeWrittenAsTextAsInConnectorConfiguration() throws Exception {
    WebhookParameters parameters =
        read(
            Map.of(
                "mode", "batch",
                "batchSize", "50",
                "batchDelay", "0",
                "rateLimit", "5",
                "headers", "{\"X-A\": \"1\", \"X-B\": \"two words\"}"));
    assertThat(parameters.batch()).isEqualTo(new WebhookParameters.Batch(50, Duration.ZERO));
    assertThat(parameters.pace().rateLimit()).isEqualTo(5);
    assertThat(parameters.headers()).isEqualTo(Map.of("X-A", "1", "X-B", "two words"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "connection",
        "Keep-Alive",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Proxy-Authorization",
        "Proxy-Connection",
        "Authorization",
        "Content-Type",
        "content-length",
        "ce-id",
        "CE-anything",
        "webhook-signature",
        "Expect",
        "a b",
        "x:y",
        ""
      })
  void headersThatAreNotFreeAreRefused(String name) {
    assertThat(problems(Map.of("headers", Map.of(name, "x"))))
        .singleElement()
        .satisfies(problem -> assertThat(problem.field()).isEqualTo("headers." + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "ä", " a", "a ", "", "\u0000"})
  void headerValuesThatCouldBreakARequestAreRefused(String value) {
    assertThat(problems(Map.of("headers", Map.of("X-A", value)))).hasSize(1);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThat(
            problems(
                Map.of(
                    "batchSize",
                    0,
                    "batchDelay",
                    "soon",
                    "timeout",
                    1.5,
                    "maxInFlight",
                    20_000,
                    "rateLimit",
                    -1,
                    "headers",
                    "no JSON")))
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "batchSize must be a whole number from 1 to 10000",
            "batchDelay must be a whole number from 0 to 60000",
            "timeout must be a whole number from 1 to 3600000",
            "maxInFlight must be a whole number from 1 to 10000",
            "rateLimit must be a whole number from 1 to 1000000",
            "headers must be an object");
  }

  @Test
  void headersAreTextsAndFew() {
    assertThat(problems(Map.of("headers", Map.of("X-A", 1))))
        .containsExactly(new Problem("headers.X-A", "must be a text"));
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < 65; i++) {
      many.put("X-" + i, "1");
    }
    assertThat(problems(Map.of("headers", many))).hasSize(1);
  }

  private static WebhookParameters read(Map<String, ?> values) throws InvalidDefinitionException {
    Map<String, Object> all = new HashMap<>(values);
    all.put("url", "https://hooks.example/");
    return WebhookParameters.read(new ParameterReader(all, ""));
  }

  private static List<Problem> problems(Map<String, ?> values) {
    return catchThrowableOfType(InvalidDefinitionException.class, () -> read(values)).problems();
  }
}
