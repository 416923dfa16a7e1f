package io.millrace.model.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.model.emitter.EmitterType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MillraceTopicsTest {

  private final MillraceTopics topics = new MillraceTopics("acme.millrace");

  @Test
  void namesStandUnderThePrefix() {
    assertThat(topics.stream("mmm")).isEqualTo("acme.millrace.stream.mmm");
    assertThat(topics.emitters()).isEqualTo("acme.millrace.emitters");
    assertThat(topics.emitter(EmitterType.WEBHOOK, "o-1"))
        .isEqualTo("acme.millrace.emitter.webhook.o-1");
    assertThat(topics.deadLetters()).isEqualTo("acme.millrace.dead-letters");
    assertThat(topics.subscriptions()).isEqualTo("acme.millrace.subscriptions");
  }

  @Test
  void streamsMatchesEveryStreamAndNothingElse() {
    assertThat("acme.millrace.stream.mmm").matches(topics.streams());
    assertThat("acmexmillrace.stream.mmm").doesNotMatch(topics.streams());
    assertThat("acme.millrace.emitter.file.x").doesNotMatch(topics.streams());
    assertThat("acme.millrace.stream.a.b").doesNotMatch(topics.streams());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a.b", "a b", "a/b", "ä"})
  void whatCannotBeANameIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> topics.stream(name));
    assertThatIllegalArgumentException().isThrownBy(() -> topics.emitter(EmitterType.FILE, name));
  }

  @Test
  void lengthIsBoundedSoThatKafkaTakesEveryName() {
    MillraceTopics longest = new MillraceTopics("p".repeat(80));
    assertThat(longest.emitter(EmitterType.WEBHOOK, "x".repeat(100))).hasSizeLessThanOrEqualTo(249);
    assertThatIllegalArgumentException().isThrownBy(() -> new MillraceTopics("p".repeat(81)));
    assertThatIllegalArgumentException().isThrownBy(() -> longest.stream("x".repeat(101)));
  }
}
