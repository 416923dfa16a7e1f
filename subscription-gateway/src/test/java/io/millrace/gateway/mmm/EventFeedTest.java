package io.millrace.gateway.mmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.gateway.graphql.ErrorCode;
import io.millrace.gateway.graphql.GraphQlProblem;
import io.millrace.gateway.subscription.Session;
import io.millrace.gateway.subscription.SessionEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class EventFeedTest {

  private final List<String> heard = new ArrayList<>();
  private final EventFeed feed =
      new EventFeed("s", new Projection(new Selection("_externalEvents", List.of())))
          .with(new HeardSession());
  private final Client client = new Client();

  @Test
  void asksTheSessionForExactlyWhatIsRequested() {
    feed.subscribe(client);
    client.subscription.request(2);
    client.subscription.request(5);
    assertThat(heard).containsExactly("subscribed", "request 2", "request 5");
  }

  @Test
  void nothingIsAskedForBeforeTheSubscriberKnowsThatItIsOne() {
    client.early = 3;
    feed.subscribe(client);
    assertThat(heard).containsExactly("subscribed", "request 3");
  }

  @Test
  void chunksComeAsTheyAre() {
    feed.subscribe(client);
    feed.events(List.of(Streamed.event(4, "t"), Streamed.event(7, "t")));
    assertThat(heard).containsExactly("subscribed", "4,7");
  }

  @Test
  void aGapComesWithTheChunkThatFollowsIt() {
    feed.subscribe(client);
    feed.gap(2, 4);
    feed.gap(5, 9);
    feed.events(List.of(Streamed.event(10, "t")));
    feed.events(List.of(Streamed.event(11, "t")));
    assertThat(heard).containsExactly("subscribed", "10 after 2…9", "11");
  }

  @ParameterizedTest
  @CsvSource({
    "TAKEN_OVER,TAKEN_OVER",
    "UNSUBSCRIBED,UNSUBSCRIBED",
    "MOVED,MOVED",
    "STOPPING,UNAVAILABLE",
    "FAILED,UNAVAILABLE"
  })
  void theClientIsToldWhyItIsOver(SessionEnd why, ErrorCode code) {
    feed.subscribe(client);
    feed.ended(why);
    assertThat(heard).containsExactly("subscribed", code + " " + why.text());
  }

  @Test
  void whoSubscribesToASessionThatIsOverIsToldWhy() {
    feed.ended(SessionEnd.TAKEN_OVER);
    client.early = 1;
    feed.subscribe(client);
    assertThat(heard).containsExactly("subscribed", "TAKEN_OVER " + SessionEnd.TAKEN_OVER.text());
  }

  @Test
  void whoCancelsHearsNoMore() {
    feed.subscribe(client);
    client.subscription.cancel();
    feed.events(List.of(Streamed.event(4, "t")));
    feed.ended(SessionEnd.CLOSED);
    assertThat(heard).containsExactly("subscribed", "closed");
  }

  @Test
  void whoRequestsNothingIsInError() {
    feed.subscribe(client);
    client.subscription.request(0);
    feed.ended(SessionEnd.CLOSED);
    assertThat(heard)
        .containsExactly("subscribed", "closed", "at least one chunk can be requested");
  }

  @Test
  void thereIsOneSubscriber() {
    feed.subscribe(client);
    assertThatIllegalStateException().isThrownBy(() -> feed.subscribe(new Client()));
  }

  private final class HeardSession implements Session {

    @Override
    public void request(long chunks) {
      heard.add("request " + chunks);
    }

    @Override
    public CompletionStage<Void> acknowledge(long eventId) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
      heard.add("closed");
    }
  }

  private final class Client implements Subscriber<Object> {

    private Subscription subscription;
    private long early;

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      if (early > 0) {
        given.request(early);
      }
      heard.add("subscribed");
    }

    @Override
    public void onNext(Object item) {
      Chunk chunk = (Chunk) item;
      String ids = String.join(",", chunk.events().stream().map(each -> "" + each.id()).toList());
      Chunk.Gap gap = chunk.gap();
      heard.add(gap == null ? ids : ids + " after " + gap.first() + "…" + gap.last());
    }

    @Override
    public void onError(Throwable failure) {
      heard.add(
          failure instanceof GraphQlProblem problem
              ? problem.code() + " " + problem.sentence()
              : failure.getMessage());
    }

    @Override
    public void onComplete() {
      heard.add("complete");
    }
  }
}
