package io.millrace.gateway.subscription;

import static io.millrace.gateway.subscription.Client.await;
import static io.millrace.gateway.subscription.Client.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.filter.Tenants;
import io.millrace.filter.audience.AccessRules;
import io.millrace.filter.audience.Viewer;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.TopicPath;
import io.millrace.model.security.Permission;
import io.millrace.model.security.SecurityRules;
import io.millrace.model.security.TopicRule;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nobody gets, or counts, what he may not see, whichever way he asks. */
class VisibilityIT {

  private static final Viewer OPS = new Viewer("olga", Set.of("ops"));
  private static final Viewer HR = new Viewer("hans", Set.of("hr"));

  private volatile Viewer changing = OPS;

  @Test
  void sessionsGetAndCountWhatTheirUserMaySee() throws Exception {
    try (Cluster cluster = new Cluster(KafkaFixture.shared().bootstrapServers())) {
      Subscriptions node = cluster.node(Tenants.FLAT);
      publish(cluster, "a");
      publish(cluster, "a/secret/x");
      publish(cluster, null);
      // From before the rule.
      cluster.rules.replace(secret());
      Client hans = connect(node, "hans", EventFilter.EVERYTHING, HR);
      Client olga = connect(node, "olga", topic("a"), OPS);
      eventually().untilAsserted(() -> assertThat(hans.ids()).containsExactly(1L));
      eventually().untilAsserted(() -> assertThat(olga.ids()).containsExactly(1L, 2L));
      publish(cluster, "/a/secret");
      publish(cluster, "a/b");
      eventually().untilAsserted(() -> assertThat(hans.ids()).containsExactly(1L, 5L));
      eventually().untilAsserted(() -> assertThat(olga.ids()).containsExactly(1L, 2L, 4L, 5L));
      assertThat(undelivered(node, "hans", HR)).isEqualTo(2);
      assertThat(undelivered(node, "hans", OPS)).isEqualTo(4);
      assertThat(undelivered(node, "hans", new Viewer("root", Set.of("admin")))).isEqualTo(5);
      assertThat(undelivered(node, "olga", OPS)).isEqualTo(4);
      assertThat(undelivered(node, "olga", HR)).isEqualTo(2);
    }
  }

  @Test
  void rulesAndRolesThatChangeCountAtOnce() throws Exception {
    try (Cluster cluster = new Cluster(KafkaFixture.shared().bootstrapServers())) {
      Subscriptions node = cluster.node(Tenants.FLAT);
      Client client = new Client();
      Client.connect(
          node.open(
              "s",
              new SubscriptionDefinition(Cluster.STREAM, EventFilter.EVERYTHING, "olga"),
              OptionalLong.of(0),
              Cluster.PACE,
              client,
              () -> changing),
          client);
      publish(cluster, "a/secret");
      eventually().untilAsserted(() -> assertThat(client.ids()).containsExactly(1L));
      cluster.rules.replace(secret());
      publish(cluster, "a/secret");
      eventually().untilAsserted(() -> assertThat(client.ids()).containsExactly(1L, 2L));
      changing = HR;
      publish(cluster, "a/secret");
      publish(cluster, "a");
      eventually().untilAsserted(() -> assertThat(client.ids()).containsExactly(1L, 2L, 4L));
      changing = Viewer.STRANGER;
      publish(cluster, "a/secret");
      publish(cluster, "a");
      eventually().untilAsserted(() -> assertThat(client.ids()).containsExactly(1L, 2L, 4L, 6L));
    }
  }

  @Test
  void pollsAnswerWithWhatTheCallerMaySee() throws Exception {
    try (Cluster cluster = new Cluster(KafkaFixture.shared().bootstrapServers())) {
      Subscriptions node = cluster.node(Tenants.FLAT);
      cluster.rules.replace(secret());
      await(
          node.create(
              "s",
              new SubscriptionDefinition(Cluster.STREAM, topic("a"), "hans"),
              OptionalLong.of(0)));
      publish(cluster, "a/secret");
      publish(cluster, "a/open");
      publish(cluster, "a/secret");
      PolledEvents seen = poll(node, 0, HR);
      assertThat(seen.events()).extracting(StreamedEvent::id).containsExactly(2L);
      assertThat(poll(node, 0, OPS).events()).hasSize(3);
      // At the head, where it waits.
      PendingPoll waiting = node.poll("s", request(3, Duration.ofSeconds(30), HR));
      publish(cluster, "a/secret");
      publish(cluster, "a/open");
      assertThat(await(waiting.answer()).events())
          .extracting(StreamedEvent::id)
          .containsExactly(5L);
    }
  }

  private static PolledEvents poll(Subscriptions node, long offset, Viewer viewer)
      throws Exception {
    return await(node.poll("s", request(offset, Duration.ZERO, viewer)).answer());
  }

  private static PollRequest request(long offset, Duration timeout, Viewer viewer) {
    return new PollRequest(
        "c", OptionalLong.of(offset), 100, timeout, Duration.ofSeconds(30), null, () -> viewer);
  }

  private static Client connect(Subscriptions node, String id, EventFilter filter, Viewer viewer)
      throws Exception {
    Client client = new Client();
    Client.connect(
        node.open(
            id,
            new SubscriptionDefinition(Cluster.STREAM, filter, id),
            OptionalLong.of(0),
            Cluster.PACE,
            client,
            () -> viewer),
        client);
    return client;
  }

  private static long undelivered(Subscriptions node, String id, Viewer viewer) throws Exception {
    return await(node.status(id, viewer)).orElseThrow().undelivered();
  }

  private static EventFilter topic(String topic) {
    return new EventFilter(List.of(TopicPath.parse(topic)), Set.of(), null);
  }

  private static AccessRules secret() throws Exception {
    TopicRule rule =
        new TopicRule(
            TopicPath.parse("a/secret"), Permission.ofRoles("ops").when("type = null"), null);
    return AccessRules.compile(new SecurityRules(List.of(rule)));
  }

  private static void publish(Cluster cluster, @Nullable String topic) {
    CloudEventBuilder event =
        CloudEventBuilder.v1().withId("1").withSource(URI.create("/test")).withType("t");
    cluster.publish(
        topic == null ? event.build() : event.withExtension(Extensions.TOPIC_PATH, topic).build());
  }
}
