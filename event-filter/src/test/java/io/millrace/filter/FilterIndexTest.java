package io.millrace.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudevents.CloudEvent;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FilterIndexTest {

  private final List<String> failed = new ArrayList<>();
  private final FilterIndex<String> index = new FilterIndex<>(failed::add);

  @Test
  void everyPartMustAccept() throws Exception {
    index.put("all", EventFilter.EVERYTHING);
    index.put("topic", filter(List.of("service"), Set.of(), null));
    index.put("type", filter(List.of("service"), Set.of("order.created"), null));
    index.put("otherType", filter(List.of("service"), Set.of("order.gone"), null));
    index.put("true", filter(List.of("service"), Set.of(), "event.subject = \"orders/7\""));
    index.put("false", filter(List.of(), Set.of(), "event.subject = \"orders/8\""));
    assertThat(index.match(Events.on("service/a")))
        .containsExactlyInAnyOrder("all", "topic", "type", "true");
  }

  @Test
  void withoutReadableTopicOnlyFiltersWithoutTopicsMatch() throws Exception {
    index.put("all", EventFilter.EVERYTHING);
    index.put("topic", filter(List.of("service"), Set.of(), null));
    for (CloudEvent event : List.of(Events.base("t").build(), Events.on("service//x"))) {
      assertThat(index.match(event)).containsExactly("all");
      assertThat(EventMatcher.compile(filter(List.of("service"), Set.of(), null)).matches(event))
          .isFalse();
    }
  }

  @Test
  void overlappingTopicsMatchOnce() throws Exception {
    index.put("x", filter(List.of("a/b", "a", "a", "a/b/c"), Set.of(), null));
    assertThat(index.match(Events.on("a/b/c"))).containsExactly("x");
    index.remove("x");
    assertThat(index.match(Events.on("a/b/c"))).isEmpty();
  }

  @Test
  void changedFiltersReplaceTheFormer() throws Exception {
    index.put("x", filter(List.of("a"), Set.of(), null));
    index.put("x", filter(List.of("b"), Set.of(), null));
    assertThat(index.match(Events.on("a"))).isEmpty();
    assertThat(index.match(Events.on("b"))).containsExactly("x");
    assertThat(index.size()).isEqualTo(1);
  }

  @Test
  void invalidFiltersChangeNothing() throws Exception {
    index.put("x", filter(List.of("a"), Set.of(), null));
    assertThatExceptionOfType(InvalidFilterException.class)
        .isThrownBy(() -> index.put("x", filter(List.of("b"), Set.of(), "a >")))
        .withMessage("filter line 1, column 4: mismatched input 'the end'")
        .satisfies(e -> assertThat(e.problems()).hasSize(1));
    assertThat(index.match(Events.on("a"))).containsExactly("x");
    assertThat(index.distinctExpressions()).isZero();
  }

  @Test
  void identicalTextsAreCompiledOnceAndForgottenWithTheLast() throws Exception {
    index.put("x", filter(List.of(), Set.of(), "amount > 1"));
    index.put("y", filter(List.of(), Set.of(), "amount > 1"));
    index.put("y", filter(List.of("a"), Set.of(), "amount > 1"));
    assertThat(index.distinctExpressions()).isEqualTo(1);
    index.remove("x");
    assertThat(index.distinctExpressions()).isEqualTo(1);
    index.remove("y");
    assertThat(index.distinctExpressions()).isZero();
  }

  @Test
  void failuresMatchNothingAndAreTold() throws Exception {
    index.put("x", filter(List.of(), Set.of(), "true"));
    assertThat(index.match(Events.withData("{broken"))).isEmpty();
    assertThat(failed).containsExactly("x");
  }

  @Test
  void aChangeIsNeverSeenHalfway() throws Exception {
    List<EventFilter> shapes =
        Stream.of(List.of("a"), List.of("a/b"), List.of("a/b/c", "z"), List.<String>of())
            .map(topics -> filter(topics, Set.of(), null))
            .toList();
    index.put("steady", shapes.get(0));
    index.put("changing", shapes.get(0));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> changes =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                put("changing", shapes.get(i % shapes.size()));
                put("other" + i % 50, shapes.get(i % shapes.size()));
                index.remove("other" + (i + 7) % 50);
              }
              done.set(true);
            });
    CloudEvent event = Events.on("a/b/c");
    while (!done.get() && !changes.isCompletedExceptionally()) {
      Collection<String> matches = index.match(event);
      assertThat(matches).contains("steady", "changing").doesNotHaveDuplicates();
    }
    changes.get();
  }

  private void put(String key, EventFilter filter) {
    try {
      index.put(key, filter);
    } catch (InvalidFilterException e) {
      throw new AssertionError(e);
    }
  }

  private static EventFilter filter(
      List<String> topics, Set<String> messages, @Nullable String expression) {
    return new EventFilter(topics.stream().map(TopicPath::parse).toList(), messages, expression);
  }
}
