package io.millrace.model.emitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.emitter.Parameter.Kind;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterTest {

  @Test
  void tellsWhatTheReaderAsksFor() {
    assertThat(EmitterParameters.of(EmitterType.WEBHOOK))
        .contains(
            new Parameter(
                "url",
                true,
                Kind.STRING,
                null,
                List.of(),
                "Where each event is posted: an http or https URL."))
        .anySatisfy(
            mode -> {
              assertThat(mode.name()).isEqualTo("mode");
              assertThat(mode.required()).isFalse();
              assertThat(mode.fallback()).isEqualTo("binary");
              assertThat(mode.choices()).containsExactly("binary", "structured", "batch");
            })
        .anySatisfy(
            pretty -> {
              assertThat(pretty.name()).isEqualTo("prettyPrint");
              assertThat(pretty.kind()).isEqualTo(Kind.BOOLEAN);
              assertThat(pretty.fallback()).isEqualTo("false");
            });
    assertThat(EmitterParameters.of(EmitterType.CONSOLE))
        .filteredOn(each -> each.name().equals("logPrefix"))
        .singleElement()
        .extracting(Parameter::fallback)
        .isEqualTo("event.");
  }

  @ParameterizedTest
  @EnumSource
  void describesEach(EmitterType type) {
    assertThat(EmitterParameters.of(type))
        .as("parameters.properties describes the parameters of " + type.wireName())
        .allSatisfy(each -> assertThat(each.description()).as(each.name()).isNotBlank());
  }

  @Test
  void describesNoOthers() throws Exception {
    Properties texts = new Properties();
    try (InputStream in = Parameter.class.getResourceAsStream("parameters.properties")) {
      texts.load(in);
    }
    Set<String> known = new TreeSet<>();
    Arrays.stream(EmitterType.values())
        .forEach(
            type ->
                EmitterParameters.of(type)
                    .forEach(
                        each -> {
                          known.add(each.name());
                          known.add(type.wireName() + "." + each.name());
                        }));
    assertThat(known).containsAll(texts.stringPropertyNames());
  }
}
