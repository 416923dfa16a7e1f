package io.millrace.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.millrace.filter.feel.Outcome;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.Selector;
import io.millrace.model.emitter.TenantDepth;
import io.millrace.model.emitter.TenantScope;
import io.millrace.model.emitter.TextPattern;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SelectionTest {

  private static final String DATA = "{\"event\": {\"type\": \"other\"}, \"n\": 1}";

  @Test
  void takesATypeWhateverTheDataSays() throws Exception {
    EventMatcher matcher = EventMatcher.compile(filter(Set.of("task.*"), null, null));
    assertThat(matcher.matches(event("task.created", "t1"))).isTrue();
    assertThat(matcher.matches(event("tasks", "t1"))).isFalse();
  }

  @Test
  void followsTheTenantsAsTheyChange() throws Exception {
    AtomicBoolean below = new AtomicBoolean();
    Tenants tenants =
        (scope, tenant) -> tenant.equals("t2") ? below.get() : tenant.equals(scope.tenant());
    FilterIndex<String> index = new FilterIndex<>(key -> {}, tenants);
    index.put("a", filter(Set.of("*"), new TenantScope("t1", TenantDepth.ALL), null));
    assertThat(index.match(event("x", "t1"))).containsExactly("a");
    assertThat(index.match(event("x", "t2"))).isEmpty();
    below.set(true);
    assertThat(index.match(event("x", "t2"))).containsExactly("a");
    assertThat(index.match(Events.on("a"))).as("an event without a tenant").isEmpty();
  }

  @Test
  void findsMorePatternsThanTheIndexHasAlternativesFor() throws Exception {
    Set<String> many =
        IntStream.range(0, 32).mapToObj(i -> "type" + i + ".*").collect(Collectors.toSet());
    FilterIndex<String> index = new FilterIndex<>();
    Selector selector = new Selector(patterns(many), patterns(many), null, null);
    index.put("a", EventFilter.of(selector));
    CloudEvent both = Events.base("type7.x").withExtension("subjecttype", "type31.y").build();
    assertThat(index.match(both)).containsExactly("a");
    assertThat(index.match(event("type7.x", "t"))).isEmpty();
  }

  @Test
  void tellsWhichPartDecided() throws Exception {
    EventFilter filter =
        filter(Set.of("task*"), new TenantScope("t1", TenantDepth.CURRENT), "event.data.n == 1");
    EventMatcher matcher = EventMatcher.compile(filter);
    assertThat(matcher.explain(event("user", "t1")).reasons())
        .first()
        .asString()
        .startsWith("type did not match");
    assertThat(matcher.explain(event("task", "t2")).reasons())
        .first()
        .asString()
        .startsWith("tenant did not match: t2");
    assertThat(matcher.explain(event("task", "t1")).outcome()).isEqualTo(Outcome.TRUE);
    CloudEvent other = Events.base("task").withExtension("tenantid", "t1").build();
    assertThat(matcher.explain(other).reasons())
        .containsExactly("`event.data.n == 1` could not be evaluated");
  }

  @Test
  void refusesCelWithItsPlace() {
    assertThatThrownBy(() -> EventMatcher.compile(filter(Set.of("a"), null, "event.type =")))
        .isInstanceOf(InvalidFilterException.class)
        .hasMessageStartingWith("cel line 1, column 12: ");
  }

  @Test
  void tellsOfCelThatFailed() throws Exception {
    Set<String> failed = new java.util.HashSet<>();
    FilterIndex<String> index = new FilterIndex<>(failed::add);
    index.put("a", filter(Set.of("*"), null, "event.data.missing > 1"));
    assertThat(index.match(event("x", "t1"))).isEmpty();
    assertThat(failed).containsExactly("a");
  }

  private static EventFilter filter(
      Set<String> types, @Nullable TenantScope tenants, @Nullable String cel) {
    return EventFilter.of(new Selector(patterns(types), Set.of(), tenants, cel));
  }

  private static Set<TextPattern> patterns(Set<String> texts) {
    return texts.stream().map(TextPattern::new).collect(Collectors.toSet());
  }

  private static CloudEvent event(String type, String tenant) {
    return Events.base(type)
        .withExtension("tenantid", tenant)
        .withData("application/json", DATA.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .build();
  }
}
