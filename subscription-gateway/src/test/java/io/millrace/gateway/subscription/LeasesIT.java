package io.millrace.gateway.subscription;

import static io.millrace.gateway.subscription.Asker.ids;
import static io.millrace.gateway.subscription.Client.await;
import static io.millrace.gateway.subscription.Client.eventually;
import static io.millrace.gateway.subscription.Cluster.all;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeasesIT {

  private static final Duration SESSION = Duration.ofSeconds(4);

  private Cluster cluster;
  private Subscriptions one;
  private Subscriptions two;

  @BeforeEach
  void start() throws Exception {
    cluster = new Cluster(KafkaFixture.shared().bootstrapServers());
    one = cluster.node();
    two = cluster.node();
    await(one.create("s", all(), OptionalLong.of(0)));
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void anotherConsumerIsRefusedUntilTheHolderWasSilent() throws Exception {
    cluster.publish(5);
    Asker a = Asker.of(one, "a").session(SESSION);
    Asker b = Asker.of(two, "b").session(SESSION);
    long asked = System.nanoTime();
    assertThat(a.ask(0).events()).hasSize(5);
    b.isRefused(0, Reason.HELD);
    b.at(one).isRefused(0, Reason.HELD);
    assertThat(b.askUntilServed(0).events()).hasSize(5);
    assertThat(System.nanoTime() - asked).isGreaterThanOrEqualTo(SESSION.toNanos());
    a.isRefused(0, Reason.HELD);
    a.at(two).isRefused(0, Reason.HELD);
  }

  @Test
  void theSameConsumerMayComeThroughAnyGateway() throws Exception {
    cluster.publish(40);
    Asker a = Asker.of(one, "a").limit(1);
    for (int i = 0; i < 400; i++) {
      assertThat(ids(a.at(i % 2 == 0 ? one : two).ask(i % 40))).containsExactly(i % 40 + 1L);
    }
  }

  @Test
  void whoWaitsIsNotSilent() throws Exception {
    Asker a = Asker.of(one, "a").session(Duration.ofSeconds(2)).timeout(Duration.ofSeconds(30));
    PendingPoll waiting = a.begin(0);
    eventually().until(() -> one.waitingPolls() == 1);
    Asker b = Asker.of(two, "b").session(Duration.ofSeconds(2)).timeout(Duration.ZERO);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(7);
    while (System.nanoTime() < until) {
      b.isRefused(0, Reason.HELD);
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(waiting.answer().toCompletableFuture()).isNotDone();
    cluster.publish(1);
    assertThat(Asker.await(waiting.answer()).events()).hasSize(1);
  }

  @Test
  void aConsumerThatComesElsewhereEndsItsPollHere() throws Exception {
    Asker a = Asker.of(one, "a");
    PendingPoll here = a.begin(0);
    eventually().until(() -> one.waitingPolls() == 1);
    PendingPoll there = a.at(two).begin(0);
    assertThat(Asker.await(here.answer()).nothing()).isTrue();
    cluster.publish(1);
    assertThat(Asker.await(there.answer()).events()).hasSize(1);
  }

  @Test
  void ofManyWhoComeAtOnceOneIsServed() throws Exception {
    cluster.publish(1);
    for (int round = 0; round < 10; round++) {
      String id = "s" + round;
      await(one.create(id, all(), OptionalLong.of(0)));
      List<PendingPoll> polls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        polls.add(
            (i % 2 == 0 ? one : two)
                .poll(
                    id,
                    new PollRequest("c" + i, OptionalLong.of(0), 1, Duration.ZERO, SESSION, null)));
      }
      assertThat(polls.stream().filter(LeasesIT::served)).hasSize(1);
    }
  }

  @Test
  void whatASilentConsumerHadTakenIsCommitted() throws Exception {
    cluster.publish(30);
    Asker a = Asker.of(one, "a").limit(10).session(SESSION).autoCommit(Duration.ofMinutes(5));
    assertThat(a.ask(0).offset()).isEqualTo(10);
    assertThat(a.ask(10).offset()).isEqualTo(20);
    one.close();
    assertThat(await(two.position("s"))).isZero();
    Asker b = a.at(two);
    b = new Asker(two, "b", 10, b.timeout(), SESSION, b.autoCommit());
    Asker last = b;
    eventually().ignoreExceptions().until(() -> last.askStored().from() == 10);
    eventually().until(() -> await(two.position("s")) == 10);
  }

  @Test
  void whatWasMovedBackIsNotCommittedForTheSilent() throws Exception {
    cluster.publish(30);
    Asker a =
        Asker.of(one, "a")
            .limit(10)
            .session(Duration.ofSeconds(1))
            .autoCommit(Duration.ofMillis(1));
    assertThat(a.ask(20).offset()).isEqualTo(30);
    await(two.commit("s", 20));
    await(two.commit("s", 3));
    Asker b = Asker.of(two, "b").session(Duration.ofSeconds(1));
    assertThat(b.askUntilServed(3).events()).hasSize(27);
    assertThat(await(one.position("s"))).isEqualTo(3);
  }

  private static boolean served(PendingPoll poll) {
    try {
      return Asker.await(poll.answer()).events().size() == 1;
    } catch (ExecutionException e) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
