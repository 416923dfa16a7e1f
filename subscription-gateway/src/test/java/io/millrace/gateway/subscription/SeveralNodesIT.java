package io.millrace.gateway.subscription;

import static io.millrace.gateway.subscription.Client.await;
import static io.millrace.gateway.subscription.Client.eventually;
import static io.millrace.gateway.subscription.Cluster.PACE;
import static io.millrace.gateway.subscription.Cluster.all;
import static io.millrace.gateway.subscription.Cluster.ofType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeveralNodesIT {

  private static final OptionalLong FROM_START = OptionalLong.of(0);
  private static final OptionalLong RESUME = OptionalLong.empty();

  private Cluster cluster;
  private Subscriptions one;

  @BeforeEach
  void start() throws Exception {
    cluster = new Cluster(KafkaFixture.shared().bootstrapServers());
    one = cluster.node();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void aRestartGoesOnWhereTheClientWas() throws Exception {
    cluster.publish(1_000);
    Client before = open(one, all(), FROM_START, new Client());
    eventually().until(() -> before.ids().size() == 100);
    await(one.acknowledge("s", 70));
    eventually().until(() -> before.ids().size() == 170);
    one.close();
    eventually().until(() -> before.end == SessionEnd.STOPPING);
    cluster.publish(10);
    Subscriptions again = cluster.node();
    assertThat(await(again.status("s")).orElseThrow())
        .isEqualTo(new SubscriptionStatus(all(), false, 70, 170, 940, 1));
    awaitIds(open(again, all(), RESUME, new Client(true)), 71, 1_010);
  }

  @Test
  void theNewerClientTakesOverOnAnotherNode() throws Exception {
    Subscriptions two = cluster.node();
    cluster.publish(150);
    Client older = open(one, all(), FROM_START, new Client());
    eventually().until(() -> older.ids().size() == 100);
    await(one.acknowledge("s", 40));
    eventually().until(() -> older.ids().size() == 140);
    Client newer = open(two, all(), RESUME, new Client());
    awaitIds(newer, 41, 140);
    eventually().until(() -> older.end == SessionEnd.TAKEN_OVER);
    assertThatThrownBy(() -> await(older.session.acknowledge(50)))
        .cause()
        .hasMessage(SessionEnd.TAKEN_OVER.text());
    assertThat(older.ids()).hasSize(140);
    await(newer.session.acknowledge(60));
    awaitIds(newer, 41, 150);
  }

  @Test
  void anyNodeTakesAnAcknowledgement() throws Exception {
    Subscriptions two = cluster.node();
    cluster.publish(300);
    Client client = open(one, all(), FROM_START, new Client());
    eventually().until(() -> client.ids().size() == 100);
    await(two.acknowledge("s", 100));
    eventually().until(() -> client.ids().size() == 200);
    await(two.acknowledge("s", 200));
    awaitIds(client, 1, 300);
    assertThat(await(one.status("s")).orElseThrow().undelivered()).isEqualTo(100);
    assertThat(await(two.status("s")).orElseThrow())
        .isEqualTo(new SubscriptionStatus(all(), true, 200, 300, 100, 1));
    assertThatThrownBy(() -> await(two.acknowledge("s", 301)))
        .cause()
        .hasMessageContaining("was not delivered");
  }

  @Test
  void unsubscribingOnOneNodeEndsTheSessionOnAnother() throws Exception {
    Subscriptions two = cluster.node();
    Client client = open(one, all(), FROM_START, new Client());
    assertThat(await(two.unsubscribe("s"))).isTrue();
    eventually().until(() -> client.end == SessionEnd.UNSUBSCRIBED);
    assertThat(await(one.status("s"))).isEmpty();
  }

  @Test
  void eachNodeCountsForThoseWhoAreNotConnected() throws Exception {
    Subscriptions two = cluster.node();
    Client client = open(one, ofType("t7"), FROM_START, new Client());
    client.session.close();
    cluster.publish(1_000);
    assertThat(await(two.status("s")).orElseThrow())
        .isEqualTo(new SubscriptionStatus(ofType("t7"), false, 0, 0, 100, 1));
    assertThat(await(one.status("s")).orElseThrow().undelivered()).isEqualTo(100);
    assertThat(await(cluster.node().status("s")).orElseThrow().undelivered()).isEqualTo(100);
  }

  @Test
  void whatRetentionTookIsReported() throws Exception {
    cluster.publish(500);
    Client client = open(one, ofType("t0"), FROM_START, new Client());
    eventually().until(() -> client.ids().size() == 50);
    await(one.acknowledge("s", 101));
    one.close();
    cluster.discardUpTo(200);
    Subscriptions again = cluster.node();
    assertThat(await(again.status("s")).orElseThrow())
        .isEqualTo(new SubscriptionStatus(ofType("t0"), false, 101, 491, 30, 201));
    Client after = open(again, ofType("t0"), RESUME, new Client());
    eventually().until(() -> after.ids().size() == 30);
    assertThat(after.gaps()).containsExactly("102…200");
    assertThat(after.ids()).startsWith(201L).endsWith(491L);
  }

  @Test
  void retentionWhileTheClientIsSlowIsReported() throws Exception {
    cluster.publish(20_000);
    Client client = open(one, all(), FROM_START, new Client());
    eventually().until(() -> client.ids().size() == 100);
    cluster.discardUpTo(15_000);
    cluster.publish(1);
    assertThat(await(one.status("s")).orElseThrow().undelivered()).isEqualTo(5_001);
    await(one.acknowledge("s", 100));
    eventually().until(() -> client.ids().size() == 200);
    await(one.acknowledge("s", client.ids().get(199)));
    eventually().until(() -> client.ids().size() == 300);
    // What is kept in memory is delivered though the log has lost it; nothing is left out untold.
    assertThat(gapless(client)).isTrue();
  }

  @Test
  void abandonedSubscriptionsAreDiscarded() throws Exception {
    Client client = open(one, all(), FROM_START, new Client());
    client.session.close();
    await(one.status("s"));
    Subscriptions impatient = cluster.node(Duration.ofSeconds(2));
    await(impatient.ready());
    eventually().until(() -> await(one.status("s")).isEmpty());
  }

  @Test
  void connectedSubscriptionsAreNotDiscarded() throws Exception {
    Subscriptions impatient = cluster.node(Duration.ofSeconds(2));
    Client client = open(impatient, all(), FROM_START, new Client());
    Client other =
        Client.connect(
            impatient.open("other", all(), FROM_START, PACE, new Client()), new Client());
    other.session.close();
    eventually().until(() -> await(one.status("other")).isEmpty());
    assertThat(await(one.status("s"))).isPresent();
    assertThat(client.end).isNull();
  }

  private static boolean gapless(Client client) {
    long next = 1;
    for (long id : client.ids()) {
      if (id != next && !client.gaps().contains(next + "…" + (id - 1))) {
        return false;
      }
      next = id + 1;
    }
    return true;
  }

  private static Client open(
      Subscriptions node, SubscriptionDefinition definition, OptionalLong last, Client client)
      throws Exception {
    return Client.connect(node.open("s", definition, last, PACE, client), client);
  }

  private static void awaitIds(Client client, long first, long last) {
    eventually().until(() -> client.ids().size() >= last - first + 1);
    assertThat(client.ids()).isEqualTo(LongStream.rangeClosed(first, last).boxed().toList());
  }
}
