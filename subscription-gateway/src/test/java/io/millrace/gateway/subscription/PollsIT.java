package io.millrace.gateway.subscription;

import static io.millrace.gateway.subscription.Asker.ids;
import static io.millrace.gateway.subscription.Client.await;
import static io.millrace.gateway.subscription.Client.eventually;
import static io.millrace.gateway.subscription.Cluster.all;
import static io.millrace.gateway.subscription.Cluster.ofType;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollsIT {

  private static final OptionalLong FROM_START = OptionalLong.of(0);
  private static final Duration SHORT = Duration.ofMillis(500);

  private Cluster cluster;
  private Subscriptions node;
  private Asker asker;

  @BeforeEach
  void start() throws Exception {
    cluster = new Cluster(KafkaFixture.shared().bootstrapServers());
    node = cluster.node();
    asker = Asker.of(node, "c");
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void theSameQuestionHasTheSameAnswer() throws Exception {
    cluster.publish(250);
    await(node.create("s", all(), FROM_START));
    PolledEvents first = asker.ask(0);
    assertThat(ids(first)).isEqualTo(range(1, 100));
    assertThat(first.offset()).isEqualTo(100);
    assertThat(asker.ask(0)).isEqualTo(first);
    assertThat(ids(asker.limit(7).ask(100))).isEqualTo(range(101, 107));
    PolledEvents last = asker.ask(200);
    assertThat(ids(last)).isEqualTo(range(201, 250));
    assertThat(last.offset()).isEqualTo(250);
    assertThat(await(node.position("s"))).as("nothing is committed").isZero();
  }

  @Test
  void aPollWaitsForWhatComes() throws Exception {
    cluster.publish(3);
    await(node.create("s", all(), FROM_START));
    PendingPoll waiting = asker.begin(3);
    await(node.status("s"));
    assertThat(waiting.answer().toCompletableFuture()).isNotDone();
    cluster.publish(2);
    PolledEvents answer = Asker.await(waiting.answer());
    assertThat(ids(answer)).startsWith(4L);
    assertThat(answer.offset()).isEqualTo(3L + answer.events().size());
  }

  @Test
  void afterItsTimeAPollIsToldThatThereIsNothing() throws Exception {
    cluster.publish(3);
    await(node.create("s", all(), FROM_START));
    PolledEvents answer = asker.timeout(SHORT).ask(3);
    assertThat(answer).isEqualTo(new PolledEvents(3, List.of(), 3));
    assertThat(answer.nothing()).isTrue();
    assertThat(asker.timeout(Duration.ZERO).ask(3).nothing()).isTrue();
    assertThat(asker.timeout(Duration.ZERO).ask(0).events()).hasSize(3);
  }

  @Test
  void theOffsetMovesPastWhatTheFilterLeavesOut() throws Exception {
    await(node.create("s", ofType("t3"), FROM_START));
    cluster.publish(9);
    PolledEvents answer = asker.ask(0);
    assertThat(ids(answer)).containsExactly(4L);
    eventually().until(() -> asker.timeout(SHORT).ask(4).offset() == 9);
    // While it waits, too.
    PendingPoll waiting = asker.timeout(Duration.ofSeconds(5)).begin(9);
    cluster.publish(3);
    assertThat(Asker.await(waiting.answer())).isEqualTo(new PolledEvents(9, List.of(), 12));
  }

  @Test
  void aLongStretchWithoutAMatchIsLookedAtInPieces() throws Exception {
    cluster.publish(60_000);
    await(node.create("s", ofType("never"), FROM_START));
    long offset = 0;
    int polls = 0;
    while (offset < 60_000) {
      PolledEvents answer = asker.timeout(Duration.ofSeconds(5)).ask(offset);
      assertThat(answer.events()).isEmpty();
      assertThat(answer.offset()).isGreaterThan(offset).isLessThanOrEqualTo(offset + 20_000);
      offset = answer.offset();
      polls++;
    }
    assertThat(polls).isGreaterThan(2);
  }

  @Test
  void nothingIsPassedOverBetweenThePieces() throws Exception {
    cluster.publish(60_000);
    await(node.create("s", ofType("t3"), FROM_START));
    List<Long> taken = new ArrayList<>();
    long offset = 0;
    while (offset < 60_000) {
      PolledEvents answer = asker.limit(100_000).timeout(Duration.ofSeconds(5)).ask(offset);
      taken.addAll(ids(answer));
      offset = answer.offset();
    }
    assertThat(taken).hasSize(6_000).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void whatRetentionTookIsPassedOver() throws Exception {
    cluster.publish(100);
    cluster.discardUpTo(40);
    await(node.create("s", all(), FROM_START));
    assertThat(ids(asker.ask(5))).isEqualTo(range(41, 100));
    node.close();
    cluster.discardUpTo(100);
    PolledEvents nothing = asker.at(cluster.node()).timeout(Duration.ofSeconds(3)).ask(5);
    assertThat(nothing).isEqualTo(new PolledEvents(5, List.of(), 100));
  }

  @Test
  void nothingLiesBeyondTheNewest() throws Exception {
    cluster.publish(10);
    await(node.create("s", all(), FROM_START));
    asker.isRefused(11, Reason.INVALID);
    assertThat(asker.timeout(SHORT).ask(10).nothing()).isTrue();
    assertThat(Asker.of(node, "c").timeout(SHORT).ask(0).events()).hasSize(10);
  }

  @Test
  void withoutAnOffsetTheStoredOneCounts() throws Exception {
    cluster.publish(10);
    await(node.create("s", all(), OptionalLong.of(4)));
    Subscriptions other = cluster.node();
    assertThat(ids(asker.askStored())).isEqualTo(range(5, 10));
    await(other.commit("s", 7));
    assertThat(ids(asker.askStored())).isEqualTo(range(8, 10));
    await(other.commit("s", 2));
    assertThat(ids(asker.askStored())).isEqualTo(range(3, 10));
  }

  @Test
  void whatIsTakenIsCommittedAfterTheInterval() throws Exception {
    cluster.publish(30);
    await(node.create("s", all(), FROM_START));
    Asker careless = asker.limit(10).autoCommit(Duration.ofMillis(300));
    assertThat(careless.ask(0).offset()).isEqualTo(10);
    eventually().until(() -> careless.ask(10).offset() == 20 && await(node.position("s")) == 10);
    // Never back by itself.
    assertThat(careless.ask(0).offset()).isEqualTo(10);
    eventually().until(() -> careless.ask(20).offset() == 30 && await(node.position("s")) == 20);
  }

  @Test
  void aConsumersNewPollEndsItsFormerOne() throws Exception {
    await(node.create("s", all(), FROM_START));
    PendingPoll former = asker.begin(0);
    eventually().until(() -> node.waitingPolls() == 1);
    PendingPoll newer = asker.begin(0);
    assertThat(Asker.await(former.answer()).nothing()).isTrue();
    cluster.publish(1);
    assertThat(Asker.await(newer.answer()).events()).hasSize(1);
  }

  @Test
  void whoGoesAwayLeavesNothingBehind() throws Exception {
    await(node.create("s", all(), FROM_START));
    PendingPoll poll = asker.begin(0);
    eventually().until(() -> node.waitingPolls() == 1);
    poll.cancel();
    assertThat(node.waitingPolls()).isZero();
    cluster.publish(1);
    assertThat(ids(asker.ask(0))).containsExactly(1L);
  }

  @Test
  void aRemovedSubscriptionEndsItsPoll() throws Exception {
    await(node.create("s", all(), FROM_START));
    PendingPoll poll = asker.begin(0);
    eventually().until(() -> node.waitingPolls() == 1);
    await(node.unsubscribe("s"));
    assertThat(poll.answer().toCompletableFuture())
        .failsWithin(Duration.ofSeconds(60))
        .withThrowableThat()
        .havingCause()
        .withMessageContaining("no subscription");
    asker.isRefused(0, Reason.UNKNOWN);
    await(node.create("s", all(), FROM_START));
    assertThat(Asker.of(node, "another").timeout(SHORT).ask(0).nothing()).isTrue();
  }

  @Test
  void aNodeThatStopsAnswersWhoWaits() throws Exception {
    await(node.create("s", all(), FROM_START));
    PendingPoll poll = asker.begin(0);
    eventually().until(() -> node.waitingPolls() == 1);
    node.stopPolls();
    assertThat(Asker.await(poll.answer()).nothing()).isTrue();
    asker.isRefused(0, Reason.UNAVAILABLE);
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
