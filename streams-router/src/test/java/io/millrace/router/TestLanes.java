package io.millrace.router;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.filter.FilterIndex;
import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.InvalidDefinitionException;
import io.millrace.model.event.TopicPath;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.security.Permission;
import io.millrace.model.security.SecurityRules;
import io.millrace.model.security.TopicRule;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;

/** Lanes over a cluster that is only pretended, with the definitions and events of the tests. */
final class TestLanes {

  static final MillraceTopics TOPICS = new MillraceTopics("millrace");
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final RouterMetrics metrics = new RouterMetrics(registry);
  final FilterIndex<Lane> index = new FilterIndex<>(Lane::filterFailed);
  final Set<String> cluster = ConcurrentHashMap.newKeySet();
  final OwnerAudience audience = new OwnerAudience(CLOCK);
  boolean clusterRefuses;
  Step onLook = () -> {};

  /** Something that may wait. */
  interface Step {
    void run() throws InterruptedException;
  }

  final Lanes lanes =
      new Lanes(
          TOPICS,
          new LaneTopics(
              () -> {
                onLook.run();
                return Set.copyOf(cluster);
              },
              topics -> {
                if (clusterRefuses) {
                  throw new KafkaException("refused");
                }
                cluster.addAll(topics);
              }),
          index,
          audience,
          metrics);

  UndeliveredHandler.Context context() {
    return new UndeliveredHandler.Context(lanes, TOPICS.deadLetters(), metrics, CLOCK);
  }

  void define(String id, String body) {
    lanes.changed(id, definition(id, body));
  }

  /** What is at a topic is for those of one role. */
  void rules(String topic, String role) {
    TopicRule rule = new TopicRule(TopicPath.parse(topic), Permission.ofRoles(role), null);
    audience.rules(Optional.of(new SecurityRules(List.of(rule))));
  }

  double count(String meter, String... tags) {
    return registry.get(meter).tags(tags).counter().count();
  }

  /** A console emitter with these further properties, as JSON without braces. */
  static EmitterDefinition definition(String id, String body) {
    String json =
        body.contains("\"type\"") ? "{" + body + "}" : "{\"type\": \"Console\", " + body + "}";
    try {
      return DefinitionJson.read(id, json.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidDefinitionException e) {
      throw new AssertionError(e);
    }
  }

  static CloudEvent event(String id, String topicPath) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create("/shop"))
        .withType("order.created")
        .withSubject("orders/7")
        .withExtension("topicpath", topicPath)
        .withData("application/json", "{\"amount\": 150}".getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
