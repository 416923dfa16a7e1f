package io.millrace.gateway.subscription;

import static io.millrace.gateway.subscription.Client.await;
import static io.millrace.gateway.subscription.Client.eventually;
import static io.millrace.gateway.subscription.Cluster.PACE;
import static io.millrace.gateway.subscription.Cluster.all;
import static io.millrace.gateway.subscription.Cluster.ofType;
import static io.millrace.gateway.subscription.Cluster.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscriptionsIT {

  private static final OptionalLong FROM_START = OptionalLong.of(0);

  private Cluster cluster;
  private Subscriptions node;

  @BeforeEach
  void start() throws Exception {
    cluster = new Cluster(KafkaFixture.shared().bootstrapServers());
    node = cluster.node();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void aNewSubscriptionBeginsAtTheEnd() throws Exception {
    cluster.publish(5);
    Client client = open("s", all(), OptionalLong.empty(), PACE, new Client());
    cluster.publish(3);
    awaitIds(client, 6, 8);
    assertThat(await(node.status("s")).orElseThrow())
        .isEqualTo(new SubscriptionStatus(all(), true, 5, 8, 3, 1));
  }

  @Test
  void whatIsBehindComesFirstAndThenWhatIsNew() throws Exception {
    cluster.publish(3_000);
    Client client = open("s", all(), FROM_START, PACE, new Client(true));
    cluster.publish(500);
    awaitIds(client, 1, 3_500);
    assertThat(client.chunks()).allMatch(size -> size <= 10);
  }

  @Test
  void noMoreIsDeliveredThanTheWindowLetsOut() throws Exception {
    cluster.publish(50);
    Client client = open("s", all(), FROM_START, new Pace(10, Duration.ZERO, 25), new Client());
    awaitIds(client, 1, 25);
    await(client.session.acknowledge(7));
    awaitIds(client, 1, 32);
    cluster.publish(10);
    assertThat(undelivered("s")).isEqualTo(53);
    assertThat(client.ids()).hasSize(32);
  }

  @Test
  void aChunkWaitsUntilItIsFullOrOld() throws Exception {
    Pace pace = new Pace(4, Duration.ofSeconds(3), 100);
    Client client = open("s", all(), FROM_START, pace, new Client());
    cluster.publish(6);
    eventually().untilAsserted(() -> assertThat(client.chunks()).isEqualTo(List.of(4, 2)));
  }

  @Test
  void nothingComesUnasked() throws Exception {
    cluster.publish(30);
    Client client = new Client();
    // So patient that every chunk is full, however slowly the events are read.
    Pace patient = new Pace(10, Duration.ofMinutes(5), 100);
    Session session = await(node.open("s", all(), FROM_START, patient, client));
    session.request(2);
    awaitIds(client, 1, 20);
    session.request(1);
    awaitIds(client, 1, 30);
    assertThat(client.chunks()).isEqualTo(List.of(10, 10, 10));
  }

  @Test
  void whatWasAcknowledgedDoesNotComeAgain() throws Exception {
    cluster.publish(20);
    Client first = open("s", all(), FROM_START, PACE, new Client());
    awaitIds(first, 1, 20);
    await(node.acknowledge("s", 12));
    await(node.acknowledge("s", 3));
    first.session.close();
    eventually().until(() -> first.end == SessionEnd.CLOSED);
    Client second = open("s", all(), OptionalLong.empty(), PACE, new Client());
    awaitIds(second, 13, 20);
  }

  @Test
  void onlyWhatWasDeliveredCanBeAcknowledged() throws Exception {
    cluster.publish(20);
    Client client = open("s", all(), FROM_START, new Pace(5, Duration.ZERO, 5), new Client());
    awaitIds(client, 1, 5);
    assertFails(node.acknowledge("s", 6), Reason.NOT_DELIVERED);
    assertFails(node.acknowledge("unknown", 1), Reason.UNKNOWN);
    client.session.close();
    assertFails(client.session.acknowledge(2), Reason.FENCED);
    assertFails(node.acknowledge("s", 6), Reason.NOT_DELIVERED);
    assertThat(undelivered("s")).isEqualTo(20);
  }

  @Test
  void filtersLeaveOutAndAreCounted() throws Exception {
    cluster.publish(1_000);
    cluster.publishNonsense();
    Client client = open("s", ofType("t3"), FROM_START, PACE, new Client());
    open("feel", where("n < 10 and event.type != \"t4\""), FROM_START, PACE, new Client());
    eventually().until(() -> client.ids().size() == 100);
    assertThat(client.ids()).startsWith(4L, 14L).endsWith(994L);
    assertThat(undelivered("s")).isEqualTo(100);
    assertThat(undelivered("feel")).isEqualTo(9);
    await(node.acknowledge("s", 500));
    cluster.publish(100);
    assertThat(undelivered("s")).isEqualTo(60);
    assertThat(undelivered("feel")).isEqualTo(18);
  }

  @Test
  void anotherFilterAppliesFromTheSamePosition() throws Exception {
    cluster.publish(100);
    Client first = open("s", ofType("t1"), FROM_START, PACE, new Client());
    eventually().until(() -> first.ids().size() == 10);
    await(node.acknowledge("s", 42));
    Client second = open("s", ofType("t2"), OptionalLong.empty(), PACE, new Client());
    eventually().until(() -> second.ids().size() == 6);
    assertThat(second.ids()).startsWith(43L, 53L);
    assertThat(undelivered("s")).isEqualTo(6);
    eventually().until(() -> first.end == SessionEnd.TAKEN_OVER);
  }

  @Test
  void lastEventIdCountsAsAcknowledged() throws Exception {
    cluster.publish(20);
    Client client = open("s", all(), OptionalLong.of(15), PACE, new Client());
    awaitIds(client, 16, 20);
    client.session.close();
    awaitIds(open("s", all(), OptionalLong.of(18), PACE, new Client()), 19, 20);
    assertFails(node.open("s", all(), OptionalLong.of(21), PACE, new Client()), Reason.INVALID);
  }

  @Test
  void aSubscriptionCanBeMovedBack() throws Exception {
    cluster.publish(20);
    Client client = open("s", all(), FROM_START, PACE, new Client(true));
    awaitIds(client, 1, 20);
    eventually().untilAsserted(() -> assertThat(undelivered("s")).isZero());
    await(node.move("s", 5));
    eventually().until(() -> client.end == SessionEnd.MOVED);
    assertThat(undelivered("s")).isEqualTo(15);
    awaitIds(open("s", all(), OptionalLong.empty(), PACE, new Client()), 6, 20);
    assertFails(node.move("s", 21), Reason.INVALID);
  }

  @Test
  void whoUnsubscribesIsForgotten() throws Exception {
    cluster.publish(20);
    Client client = open("s", all(), FROM_START, PACE, new Client());
    awaitIds(client, 1, 20);
    assertThat(await(node.unsubscribe("s"))).isTrue();
    eventually().until(() -> client.end == SessionEnd.UNSUBSCRIBED);
    assertThat(await(node.status("s"))).isEmpty();
    assertThat(await(node.unsubscribe("s"))).isFalse();
    assertFails(node.acknowledge("s", 1), Reason.UNKNOWN);
    Client again = open("s", all(), FROM_START, PACE, new Client());
    awaitIds(again, 1, 20);
  }

  @Test
  void whatCannotBeSubscribedToIsRefused() throws Exception {
    cluster.create("wide", 2);
    var wide = new SubscriptionDefinition("wide", all().filter(), "ann");
    var missing = new SubscriptionDefinition("missing", all().filter(), "ann");
    assertFails(node.open("s", wide, FROM_START, PACE, new Client()), Reason.INVALID);
    assertFails(node.open("s", missing, FROM_START, PACE, new Client()), Reason.INVALID);
    assertFails(node.open("no id!", all(), FROM_START, PACE, new Client()), Reason.INVALID);
    assertFails(node.open("s", where("1 +"), FROM_START, PACE, new Client()), Reason.INVALID);
    assertThat(await(node.status("s"))).isEmpty();
  }

  @Test
  void aStrangerCannotTakeOver() throws Exception {
    Client client = open("s", all(), FROM_START, PACE, new Client());
    var bobs = new SubscriptionDefinition(Cluster.STREAM, all().filter(), "bob");
    assertFails(node.open("s", bobs, FROM_START, PACE, new Client()), Reason.FORBIDDEN);
    cluster.publish(1);
    awaitIds(client, 1, 1);
    assertThat(client.end).isNull();
  }

  private Client open(
      String id, SubscriptionDefinition definition, OptionalLong last, Pace pace, Client client)
      throws Exception {
    return Client.connect(node.open(id, definition, last, pace, client), client);
  }

  private long undelivered(String id) throws Exception {
    return await(node.status(id)).orElseThrow().undelivered();
  }

  private static void awaitIds(Client client, long first, long last) {
    List<Long> ids = LongStream.rangeClosed(first, last).boxed().toList();
    eventually().until(() -> client.ids().size() >= ids.size());
    assertThat(client.ids()).isEqualTo(ids);
  }

  private static void assertFails(CompletionStage<?> stage, Reason reason) {
    assertThatThrownBy(() -> await(stage))
        .cause()
        .isInstanceOfSatisfying(
            SubscriptionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
