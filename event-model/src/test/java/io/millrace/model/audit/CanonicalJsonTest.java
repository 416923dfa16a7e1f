package io.millrace.model.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          { "b" : 1 , "a" : [ 1.0, 1.00, 1e2, -0, 12345678901234567890123 ] } | {"b":1,"a":[1.0,1.00,1e2,-0,12345678901234567890123]}
          "\\u00e4\\/\\u000a\\u0001"  | "ä/\\n\\u0001"
          {"a":1,"a":2}          | {"a":1,"a":2}
          true                   | true
          [[],{},null]           | [[],{},null]
          """)
  void keepsWhatWasSaidAndDropsHow(String json, String canonical) throws IOException {
    byte[] once = CanonicalJson.of(json.getBytes(UTF_8));
    assertThat(new String(once, UTF_8)).isEqualTo(canonical);
    assertThat(CanonicalJson.of(once)).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "\"\\ud800\"", "NaN", "{\"a\":}"})
  void takesNothingButOneDocument(String json) {
    assertThatThrownBy(() -> CanonicalJson.of(json.getBytes(UTF_8)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void countsEachLevelOfNestingOnce() throws IOException {
    String deep = "[".repeat(500) + "]".repeat(500);
    assertThat(CanonicalJson.of(deep.getBytes(UTF_8))).hasSize(1000);
  }
}
