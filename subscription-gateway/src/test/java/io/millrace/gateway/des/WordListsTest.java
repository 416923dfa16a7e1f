package io.millrace.gateway.des;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordListsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[ [ service ,prod ], [environment] ]",
        "[[\"service\",\"prod\"],[\"environment\"]]",
        "[[service,\"prod\"],[ environment ]]"
      })
  void quotesMayBeThereOrNot(String text) {
    assertThat(WordLists.ofLists(text))
        .isEqualTo(List.of(List.of("service", "prod"), List.of("environment")));
  }

  @Test
  void quotedWordsMayHoldAnything() {
    assertThat(WordLists.ofLists("[[\"a,[b]\\\"\\u00e9\",two words]]"))
        .isEqualTo(List.of(List.of("a,[b]\"é", "two words")));
    assertThat(WordLists.ofLists("[]")).isEmpty();
    assertThat(WordLists.ofWords("[ A, \"B\" ]")).containsExactly("A", "B");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|must have '[' at character 1, not the end",
        "service|must have '[' at character 1, not 's'",
        "[[service]|must have ']' at character 11, not the end",
        "[[service]] x|must have nothing at character 13, not 'x'",
        "[[a,]]|must have a word at character 5, not ']'",
        "[[\"a]]|must have '\"' at character 7, not the end",
        "[a]|must be a list of lists, such as [[service,prod]]",
        "[[[a]]]|must have a word at character 3, not '['",
      })
  void othersAreRefused(String text, String sentence) {
    assertThatThrownBy(() -> WordLists.ofLists(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
