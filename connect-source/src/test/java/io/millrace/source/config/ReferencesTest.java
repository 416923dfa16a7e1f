package io.millrace.source.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"${file:/a.properties:b}", "${env:HOST}", "https://${env:HOST}/", "${v:}"})
  void tellsWhatNobodyHasResolved(String value) {
    assertThat(problems(value))
        .containsExactly(
            Map.entry("k", "is a reference that no config provider of the worker has resolved"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{type}", "a/{type:none}", "${HOME}", "$", "${", "s3cret:$}"})
  void leavesOtherTextsAlone(String value) {
    assertThat(problems(value)).isEmpty();
  }

  private static Map<String, String> problems(String value) {
    Map<String, String> problems = new HashMap<>();
    References.check(Map.of("k", value), problems::put);
    return problems;
  }
}
