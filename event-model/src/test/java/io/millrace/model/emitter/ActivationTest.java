package io.millrace.model.emitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final EmitterDefinition NEW =
      new EmitterDefinition(
          "e",
          EventFilter.EVERYTHING,
          null,
          new FileParameters(Path.of("f.log"), false, false, EventOverrides.NONE));

  @Test
  void eachEnablingIsANewGenerationAndDisablingIsNone() {
    Activation replayed =
        Activation.INITIAL
            .disabled()
            .enabled(Resume.failed(NOON))
            .enabled(Resume.parse("2026-01-30T00:00:00Z", NOON, "amount > 1").orElseThrow());
    assertThat(replayed.generation()).isEqualTo(2);
    assertThat(replayed.enabled()).isTrue();
    assertThat(Activation.INITIAL.disabled().generation()).isZero();
  }

  @Test
  void isReadBackEqual() throws Exception {
    for (String from : List.of("failed", "now", "2026-01-30T00:00:00Z")) {
      Resume resume = Resume.parse(from, NOON, "amount > 1").orElseThrow();
      for (Activation activation :
          List.of(
              Activation.INITIAL,
              Activation.INITIAL.disabled(),
              Activation.INITIAL.enabled(resume),
              Activation.INITIAL.enabled(resume).disabled())) {
        EmitterDefinition definition = NEW.with(activation);
        assertThat(DefinitionJson.read("e", DefinitionJson.write(definition)))
            .isEqualTo(definition);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "{}",
        "{'enabled':true}",
        "{'enabled':true,'generation':-1}",
        "{'enabled':true,'generation':1}",
        "{'enabled':true,'generation':1,'from':'then','requested':'2026-01-31T12:00:00Z'}",
        "{'enabled':true,'generation':0,'colour':'red'}"
      })
  void whatIsNoneIsRefused(String activation) {
    String json = "{'type':'File','parameters':{'path':'f'},'activation':" + activation + "}";
    InvalidDefinitionException thrown =
        catchThrowableOfType(
            InvalidDefinitionException.class,
            () -> DefinitionJson.read("e", json.replace('\'', '"').getBytes(UTF_8)));
    assertThat(thrown.problems()).extracting(Problem::field).containsExactly("activation");
  }
}
