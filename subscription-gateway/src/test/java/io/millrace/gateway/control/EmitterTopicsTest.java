package io.millrace.gateway.control;

import static io.millrace.gateway.control.Definitions.file;
import static io.millrace.gateway.control.Definitions.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.kafka.MillraceTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EmitterTopicsTest {

  private static final Duration DELAY = Duration.ofSeconds(60);
  private static final Set<String> NONE = Set.of();

  private final ManualClock clock = new ManualClock();
  private final EmitterTopics topics = new EmitterTopics(new MillraceTopics("mr"), DELAY, clock);

  @Test
  void findsTheEmittersWithoutATopic() {
    assertThat(topics.missing(Set.of("mr.emitter.file.a"), List.of(file("a"), file("b"))))
        .containsExactly(file("b"));
  }

  @Test
  void expiresATopicWithoutAnEmitterAfterTheDelay() {
    Set<String> existing = Set.of("mr.emitter.file.a", "mr.emitter.file.b");
    assertThat(topics.expired(existing, List.of(file("a")), NONE)).isEmpty();
    assertThat(topics.remaining()).isEqualTo(DELAY.toNanos());
    clock.advance(DELAY.minusNanos(1));
    assertThat(topics.expired(existing, List.of(file("a")), NONE)).isEmpty();
    clock.advance(Duration.ofNanos(1));
    assertThat(topics.expired(existing, List.of(file("a")), NONE))
        .containsExactly("mr.emitter.file.b");
  }

  @Test
  void waitsAnewForAnEmitterThatCameBack() {
    Set<String> existing = Set.of("mr.emitter.file.a");
    topics.expired(existing, List.of(), NONE);
    clock.advance(DELAY);
    topics.expired(existing, List.of(file("a")), NONE);
    assertThat(topics.expired(existing, List.of(), NONE)).isEmpty();
  }

  @Test
  void expiresTheTopicOfTheFormerType() {
    Set<String> existing = Set.of("mr.emitter.file.a", "mr.emitter.webhook.a");
    topics.expired(existing, List.of(webhook("a", "http://x")), NONE);
    clock.advance(DELAY);
    assertThat(topics.expired(existing, List.of(webhook("a", "http://x")), NONE))
        .containsExactly("mr.emitter.file.a");
  }

  @Test
  void keepsTheTopicOfAnEmitterThatCannotBeUnderstood() {
    Set<String> existing = Set.of("mr.emitter.file.a");
    topics.expired(existing, List.of(), Set.of("a"));
    clock.advance(DELAY);
    assertThat(topics.expired(existing, List.of(), Set.of("a"))).isEmpty();
  }

  @Test
  void neverTouchesWhatIsNotItsOwn() {
    Set<String> foreign =
        Set.of(
            "mr.emitters",
            "mr.dead-letters",
            "mr.stream.file.a",
            "mr.emitter.file",
            "mr.emitter.file.",
            "mr.emitter.file.a.b",
            "mr.emitter.fax.a",
            "mr.emitter-status",
            "other.emitter.file.a",
            "mr2.emitter.file.a",
            "x.mr.emitter.file.a",
            "connect-offsets",
            "__consumer_offsets");
    topics.expired(foreign, List.of(), NONE);
    clock.advance(DELAY);
    assertThat(topics.expired(foreign, List.of(), NONE)).isEmpty();
  }

  @Test
  void logsBelongToAuditEmitters() throws Exception {
    MillraceTopics names = new MillraceTopics("mr");
    EmitterTopics logs = EmitterTopics.ofAuditLogs(names, DELAY, clock);
    EmitterDefinition audit =
        DefinitionJson.read("a", "{\"type\":\"Audit\"}".getBytes(StandardCharsets.UTF_8));
    Set<String> existing =
        Set.of(
            "mr.audit.a",
            "mr.audit.b",
            "mr.audit.c",
            "mr.emitter.file.d",
            names.connectorAudit("direct"));
    logs.expired(existing, List.of(audit, file("b")), Set.of("c"));
    clock.advance(DELAY);
    assertThat(logs.expired(existing, List.of(audit, file("b")), Set.of("c")))
        .as("removed, or of another type now")
        .containsExactly("mr.audit.b");
    assertThat(topics.expired(Set.of("mr.audit.b"), List.of(), NONE)).isEmpty();
  }
}
