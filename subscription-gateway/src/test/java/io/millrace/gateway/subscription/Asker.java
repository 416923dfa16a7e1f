package io.millrace.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** A consumer of a test, which asks for events. */
record Asker(
    Subscriptions node,
    String consumer,
    int limit,
    Duration timeout,
    Duration session,
    @Nullable Duration autoCommit) {

  static Asker of(Subscriptions node, String consumer) {
    return new Asker(node, consumer, 100, Duration.ofSeconds(30), Duration.ofSeconds(30), null);
  }

  Asker limit(int now) {
    return new Asker(node, consumer, now, timeout, session, autoCommit);
  }

  Asker timeout(Duration now) {
    return new Asker(node, consumer, limit, now, session, autoCommit);
  }

  Asker session(Duration now) {
    return new Asker(node, consumer, limit, timeout, now, autoCommit);
  }

  Asker autoCommit(Duration now) {
    return new Asker(node, consumer, limit, timeout, session, now);
  }

  Asker at(Subscriptions other) {
    return new Asker(other, consumer, limit, timeout, session, autoCommit);
  }

  PendingPoll begin(OptionalLong offset) {
    return node.poll("s", new PollRequest(consumer, offset, limit, timeout, session, autoCommit));
  }

  PendingPoll begin(long offset) {
    return begin(OptionalLong.of(offset));
  }

  PolledEvents ask(long offset) throws Exception {
    return await(begin(offset).answer());
  }

  PolledEvents askStored() throws Exception {
    return await(begin(OptionalLong.empty()).answer());
  }

  void isRefused(long offset, Reason reason) {
    assertThatThrownBy(() -> ask(offset))
        .cause()
        .isInstanceOfSatisfying(
            SubscriptionException.class, e -> Assertions.assertThat(e.reason()).isEqualTo(reason));
  }

  /** Asks until it is not refused any more. */
  PolledEvents askUntilServed(long offset) throws Exception {
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60); ; ) {
      try {
        return ask(offset);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof SubscriptionException why)
            || why.reason() != Reason.HELD
            || System.nanoTime() - end > 0) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(Math.min(200, why.retryAfter().orElseThrow().toMillis()));
      }
    }
  }

  static List<Long> ids(PolledEvents polled) {
    return polled.events().stream().map(StreamedEvent::id).toList();
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    return Client.await(stage.toCompletableFuture());
  }
}
