package io.millrace.model.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPathTest {

  @ParameterizedTest
  @ValueSource(strings = {"service/production/finance", "/service/production/finance"})
  void oneLeadingSlashIsIgnored(String text) {
    assertThat(TopicPath.parse(text).levels()).containsExactly("service", "production", "finance");
    assertThat(TopicPath.parse(text)).hasToString("service/production/finance");
  }

  @ParameterizedTest
  @CsvSource({
    "a, a, true",
    "a, a/b, true",
    "a/b, a/b/c, true",
    "a/b, a, false",
    "a/b, a/c, false",
    "a, ab, false",
    "A, a, false",
  })
  void aParentContainsItselfAndItsChildren(String parent, String other, boolean contained) {
    assertThat(TopicPath.parse(parent).contains(TopicPath.parse(other))).isEqualTo(contained);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|a topic needs at least one level",
        "/|a topic needs at least one level",
        "//a|a level of a topic must not be empty",
        "a//b|a level of a topic must not be empty",
        "a/|a level of a topic must not be empty",
        "a/ /b|a level of a topic must not be empty",
        "'a\tb'|a topic must not contain control characters",
      })
  void whatIsNoTopicIsRefusedWithTheReason(String text, String reason) {
    assertThatThrownBy(() -> TopicPath.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason);
  }

  @Test
  void lengthAndDepthAreBounded() {
    assertThat(TopicPath.parse("x".repeat(1024)).levels()).hasSize(1);
    assertThatThrownBy(() -> TopicPath.parse("x".repeat(1025)))
        .hasMessage("a topic has at most 1024 characters");
    assertThatThrownBy(() -> TopicPath.parse("/" + "x".repeat(1025)))
        .hasMessage("a topic has at most 1024 characters");
    assertThat(new TopicPath(Collections.nCopies(32, "x")).levels()).hasSize(32);
    assertThatThrownBy(() -> new TopicPath(Collections.nCopies(33, "x")))
        .hasMessage("a topic has at most 32 levels");
  }

  @Test
  void aLevelCannotHideASeparator() {
    assertThatThrownBy(() -> new TopicPath(List.of("a", "b/c")))
        .hasMessage("a level of a topic must not contain '/'");
  }
}
