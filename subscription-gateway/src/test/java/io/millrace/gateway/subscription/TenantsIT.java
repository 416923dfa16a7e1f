package io.millrace.gateway.subscription;

import static io.millrace.gateway.subscription.Client.await;
import static io.millrace.gateway.subscription.Client.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.Selector;
import io.millrace.model.emitter.TenantDepth;
import io.millrace.model.emitter.TenantScope;
import io.millrace.model.emitter.TextPattern;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.net.URI;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TenantsIT {

  private volatile Set<String> below = Set.of("low");

  @Test
  void whoIsBelowWhomCountsWhenAnEventComes() throws Exception {
    try (Cluster cluster = new Cluster(KafkaFixture.shared().bootstrapServers())) {
      Subscriptions node =
          cluster.node((scope, tenant) -> tenant.equals(scope.tenant()) || below.contains(tenant));
      // These are read from the past, the later ones at the head.
      publish(cluster, "task.created", "top");
      publish(cluster, "task.created", "low");
      publish(cluster, "task.created", "other");
      publish(cluster, "task.created", null);
      publish(cluster, "user.created", "top");
      Client listening = new Client();
      Client.connect(
          node.open("s", wanted(), OptionalLong.of(0), Cluster.PACE, listening), listening);
      eventually().untilAsserted(() -> assertThat(listening.ids()).containsExactly(1L, 2L));
      below = Set.of("other");
      publish(cluster, "task.created", "low");
      publish(cluster, "task.created", "other");
      eventually().untilAsserted(() -> assertThat(listening.ids()).containsExactly(1L, 2L, 7L));
      assertThat(await(node.definition("s")).orElseThrow()).isEqualTo(wanted());
    }
  }

  private static SubscriptionDefinition wanted() {
    Selector selector =
        new Selector(
            Set.of(new TextPattern("task.*")),
            Set.of(),
            new TenantScope("top", TenantDepth.ALL),
            "event.source == '/test'");
    return new SubscriptionDefinition(Cluster.STREAM, EventFilter.of(selector), "ann");
  }

  private static void publish(Cluster cluster, String type, @Nullable String tenant) {
    CloudEventBuilder event =
        CloudEventBuilder.v1().withId("1").withSource(URI.create("/test")).withType(type);
    cluster.publish(
        tenant == null ? event.build() : event.withExtension("tenantid", tenant).build());
  }
}
