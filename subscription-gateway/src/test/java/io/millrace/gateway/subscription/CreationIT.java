package io.millrace.gateway.subscription;

import static io.millrace.gateway.subscription.Client.await;
import static io.millrace.gateway.subscription.Cluster.all;
import static io.millrace.gateway.subscription.Cluster.ofType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CreationIT {

  private static final OptionalLong AT_END = OptionalLong.empty();

  private Cluster cluster;
  private Subscriptions one;
  private Subscriptions two;

  @BeforeEach
  void start() throws Exception {
    cluster = new Cluster(KafkaFixture.shared().bootstrapServers());
    one = cluster.node();
    two = cluster.node();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void whatIsCreatedIsKnownEverywhereAndAfterARestart() throws Exception {
    cluster.publish(3);
    var mine =
        new SubscriptionDefinition(
            Cluster.STREAM, all().filter(), "ann", "acronis", Map.of("session_timeout", "PT30S"));
    await(one.create("s", mine, AT_END));
    assertThat(await(one.definition("s"))).contains(mine);
    assertThat(await(two.definition("s"))).contains(mine);
    assertThat(await(two.position("s"))).isEqualTo(3);
    one.close();
    two.close();
    assertThat(await(cluster.node().definition("s"))).contains(mine);
  }

  @Test
  void whatExistsIsNotCreatedAgain() throws Exception {
    await(one.create("s", all(), AT_END));
    assertFails(two.create("s", ofType("t1"), AT_END), Reason.EXISTS);
    assertThat(await(two.definition("s"))).contains(all());
    assertThat(await(two.unsubscribe("s"))).isTrue();
    assertThat(await(one.list(each -> true))).isEmpty();
    await(one.create("s", ofType("t1"), AT_END));
    assertThat(await(two.definition("s"))).contains(ofType("t1"));
  }

  @Test
  void ofSeveralWhoCreateTheSameAtOnceOneDoes() throws Exception {
    for (int round = 0; round < 20; round++) {
      String id = "s" + round;
      List<CompletionStage<Void>> attempts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        attempts.add((i % 2 == 0 ? one : two).create(id, ofType("t" + i), AT_END));
      }
      List<Integer> done = new ArrayList<>();
      for (int i = 0; i < attempts.size(); i++) {
        if (created(attempts.get(i))) {
          done.add(i);
        }
      }
      assertThat(done).hasSize(1);
      Optional<SubscriptionDefinition> expected = Optional.of(ofType("t" + done.get(0)));
      assertThat(await(one.definition(id))).isEqualTo(expected);
      assertThat(await(two.definition(id))).isEqualTo(expected);
    }
    assertThat(await(one.unsubscribe("s7"))).isTrue();
    // What others had tried does not come to count.
    assertThat(await(two.list(each -> true))).hasSize(19).doesNotContainKey("s7");
    one.close();
    assertThat(await(cluster.node().list(each -> true))).hasSize(19).doesNotContainKey("s7");
  }

  @Test
  void whatIsListedFits() throws Exception {
    await(one.create("b", ofType("t1"), AT_END));
    await(one.create("a", all(), AT_END));
    assertThat(await(two.list(each -> true)).keySet()).containsExactly("a", "b");
    assertThat(await(two.list(all()::equals)).keySet()).containsExactly("a");
  }

  @Test
  void aPositionIsCommittedForthAndBack() throws Exception {
    cluster.publish(20);
    await(one.create("s", all(), OptionalLong.of(0)));
    await(one.commit("s", 20));
    assertThat(await(two.position("s"))).isEqualTo(20);
    await(two.commit("s", 5));
    assertThat(await(one.position("s"))).isEqualTo(5);
    await(one.commit("s", 6));
    assertThat(await(two.position("s"))).isEqualTo(6);
    assertFails(two.commit("s", 21), Reason.INVALID);
    assertFails(two.commit("unknown", 1), Reason.UNKNOWN);
    assertFails(two.position("unknown"), Reason.UNKNOWN);
  }

  @Test
  void positionsOfAStreamAreTold() throws Exception {
    assertThat(await(one.positions().earliest(Cluster.STREAM))).isZero();
    assertThat(await(one.positions().newest(Cluster.STREAM))).isZero();
    Instant before = Instant.now();
    cluster.publish(20);
    cluster.discardUpTo(7);
    assertThat(await(one.positions().earliest(Cluster.STREAM))).isEqualTo(7);
    assertThat(await(one.positions().newest(Cluster.STREAM))).isEqualTo(20);
    assertThat(await(one.positions().since(Cluster.STREAM, before))).isEqualTo(7);
    assertThat(await(one.positions().since(Cluster.STREAM, before.plusSeconds(3_600))))
        .isEqualTo(20);
    assertFails(one.positions().newest("missing"), Reason.INVALID);
  }

  @Test
  void anotherApiDoesNotOpenIt() throws Exception {
    var mine =
        new SubscriptionDefinition(Cluster.STREAM, all().filter(), "ann", "acronis", Map.of());
    await(one.create("s", mine, AT_END));
    assertFails(one.open("s", all(), AT_END, Cluster.PACE, new Client()), Reason.INVALID);
    assertThat(await(one.definition("s"))).contains(mine);
  }

  private static boolean created(CompletionStage<Void> attempt) throws Exception {
    try {
      await(attempt);
      return true;
    } catch (ExecutionException e) {
      assertThat(e.getCause())
          .isInstanceOfSatisfying(
              SubscriptionException.class,
              why -> assertThat(why.reason()).isEqualTo(Reason.EXISTS));
      return false;
    }
  }

  private static void assertFails(CompletionStage<?> stage, Reason reason) {
    assertThatThrownBy(() -> await(stage))
        .cause()
        .isInstanceOfSatisfying(
            SubscriptionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
