package io.millrace.gateway.publicapi.emitters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.auth.Principal;
import io.millrace.model.emitter.Activation;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.EventOverrides;
import io.millrace.model.emitter.KafkaParameters;
import io.millrace.model.emitter.PayloadMode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OwnTopicCheckTest {

  private static final OwnTopicCheck CHECK = new OwnTopicCheck("millrace");

  @Test
  void usersMayNotWriteIntoMillracesOwnTopics() {
    assertThat(problems("ann", "millrace.emitters"))
        .containsExactly("parameters.topic must not begin with millrace.: Millrace's own do");
    assertThat(problems("ann", "millraces")).isEmpty();
  }

  @Test
  void systemEmittersMay() {
    assertThat(problems(null, "millrace.stream.events")).isEmpty();
  }

  private static List<String> problems(@Nullable String owner, String topic) {
    KafkaParameters parameters =
        new KafkaParameters(
            List.of("kafka:9092"), topic, PayloadMode.BINARY, null, false, EventOverrides.NONE);
    EmitterDefinition definition =
        new EmitterDefinition(
            "e", EventFilter.EVERYTHING, owner, null, Activation.INITIAL, parameters);
    return CHECK
        .check(definition, new Principal("ann", Set.of(), null, null))
        .toCompletableFuture()
        .join()
        .stream()
        .map(problem -> problem.field() + " " + problem.reason())
        .toList();
  }
}
