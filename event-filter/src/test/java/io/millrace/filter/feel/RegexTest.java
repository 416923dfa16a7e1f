package io.millrace.filter.feel;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.filter.Events;
import io.millrace.filter.event.EventView;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XPath's regular expressions, as the linear-time library takes them. */
class RegexTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "matches(\"order-17\", \"^order-\\\\d+$\")",
        "matches(\"foobar\", \"oob\")",
        "matches(\"FOO\", \"foo\", \"i\") and not(matches(\"FOO\", \"foo\"))",
        "matches(\"a.b\", \"a.b\", \"q\") and not(matches(\"axb\", \"a.b\", \"q\"))",
        "matches(\"ab\", \"a b\", \"x\")",
        "not(matches(\"a\nb\", \"a.b\")) and matches(\"a\nb\", \"a.b\", \"s\")",
        "matches(\"a\nb\", \"^b$\", \"m\") and not(matches(\"a\nb\", \"^b$\"))",
        "matches(\"é1\", \"^\\\\w\\\\d$\") and matches(\"é\", \"\\\\p{L}\")",
        "matches(\"a-b\", \"^[a-z\\\\-]+$\") and not(matches(\"a b\", \"^\\\\S+$\"))",
        "matches(\"2026-11-21\", \"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\")",
        "matches(input: \"abc\", pattern: \"^a\")",
        "matches([\"abc\"], \"b\")",
        "matches(null, \"b\") = null and matches(\"b\", null) = null and matches(1, \"1\") = null",
        "matches(\"b\", s) and matches(\"a\", bad) = null",
        "replace(\"abcd\", \"(b)(c)\", \"$2$1\") = \"acbd\"",
        "replace(\"a1b22\", \"\\\\d+\", \"#\") = \"a#b#\"",
        "replace(\"abc\", \"b\", \"\\\\$\") = \"a$c\" and replace(\"abc\", \"b\", \"$\") = null",
        "replace(\"abc\", \"x*\", \"-\") = null",
        "replace(\"a.c\", \".\", \"$\", \"q\") = \"a$c\"",
        "replace(\"abc\", \"(x)?b\", \"[$1]\") = \"a[]c\"",
        "split(\"a;b;;c\", \";\") = [\"a\", \"b\", \"\", \"c\"]",
        "split(\"John Doe\", \"\\\\s\") = [\"John\", \"Doe\"]",
        "split(\"ab\", \"\") = [\"a\", \"b\", \"\"]",
      })
  void isTrue(String text) throws Exception {
    EventView event = new EventView(Events.withData("{\"s\": \"^b\", \"bad\": \"(a\"}"));
    assertThat(FeelExpression.compile(text).explain(event).reasons())
        .allMatch(reason -> reason.contains(" was true"));
  }
}
