package io.millrace.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.millrace.filter.feel.Explanation;
import io.millrace.filter.feel.Outcome;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventMatcherExplainTest {

  private static final EventFilter FILTER = filter("c,d/e", "order.created,order.paid", "x > 1");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "a/b | order.created | {\"x\": 2} | topic did not match: a/b is not under c or d/e",
        "-   | order.created | {\"x\": 2} | topic did not match: the event has none",
        "c// | order.created | {\"x\": 2} | topic did not match: the event's cannot be read",
        "c/f | order.lost    | {\"x\": 2} | message did not match: order.lost is not one of order.created, order.paid",
        "c   | order.created | {\"x\": 1} | `x > 1` was false: x is 1",
        "c   | order.created | {}         | `x > 1` was null: x is missing",
        "c   | order.created | nonsense   | the event's data cannot be read as JSON"
      })
  void namesThePartThatDecided(@Nullable String topic, String type, String json, String reason)
      throws Exception {
    Explanation explanation = EventMatcher.compile(FILTER).explain(event(topic, type, json));
    assertThat(explanation.outcome()).isNotEqualTo(Outcome.TRUE);
    assertThat(explanation.reasons()).containsExactly(reason);
    assertThat(EventMatcher.compile(FILTER).matches(event(topic, type, json))).isFalse();
  }

  @Test
  void tellsAllPartsOfAMatch() throws Exception {
    Explanation explanation =
        EventMatcher.compile(FILTER).explain(event("/d/e/f", "order.paid", "{\"x\": 2}"));
    assertThat(explanation.outcome()).isEqualTo(Outcome.TRUE);
    assertThat(explanation.reasons())
        .containsExactly(
            "topic matched: d/e/f is under d/e",
            "message matched: order.paid",
            "`x > 1` was true: x is 2");
  }

  @Test
  void saysThatAFilterTakesEverything() throws Exception {
    Explanation explanation =
        EventMatcher.compile(EventFilter.EVERYTHING).explain(event(null, "t", "nonsense"));
    assertThat(explanation)
        .isEqualTo(new Explanation(Outcome.TRUE, List.of("the filter takes every event")));
  }

  private static EventFilter filter(String topics, String messages, String expression) {
    return new EventFilter(
        Stream.of(topics.split(",")).map(TopicPath::parse).toList(),
        Set.of(messages.split(",")),
        expression);
  }

  private static CloudEvent event(@Nullable String topic, String type, String json) {
    var builder =
        Events.base(type).withData("application/json", json.getBytes(StandardCharsets.UTF_8));
    return (topic == null ? builder : builder.withExtension("topicpath", topic)).build();
  }
}
