package io.millrace.gateway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class SubscriptionResultsTest {

  private final TestSchema schema = new TestSchema();
  private final SchemaEngine engine =
      new SchemaEngine(schema.schema(), TestSchema.config(), () -> "track-1");
  private final Taker taker = new Taker();

  @Test
  void publishesWhatWasRequestedInOrder() {
    subscribe();

    taker.request(2);
    for (int i = 0; i < 5; i++) {
      schema.events.submit(Map.of("count", i));
    }
    assertThat(taker.data()).containsExactly(tick(0), tick(1));

    taker.request(10);
    assertThat(taker.data()).hasSize(5).endsWith(tick(4));
  }

  @Test
  void codesTheErrorsOfEachEvent() {
    subscribe();
    taker.request(10);

    schema.events.submit(Map.of("count", "secret"));

    assertThat(taker.results).hasSize(1);
    assertThat(taker.results.get(0).getErrors())
        .allSatisfy(
            error ->
                assertThat(error.toSpecification())
                    .containsEntry("message", "Something went wrong in the gateway: track-1"));
  }

  @Test
  void endsAsItsSourceDoes() {
    subscribe();

    schema.events.close();

    assertThat(taker.completed).isTrue();
  }

  @Test
  void tellsWhyItsSourceFailed() {
    subscribe();

    schema.events.closeExceptionally(
        GraphQlProblem.of(ErrorCode.CONFLICT, "another client has taken over"));

    assertThat(taker.failure).hasMessage("another client has taken over");
    assertThat(((GraphQlProblem) taker.failure).code()).isEqualTo(ErrorCode.CONFLICT);
  }

  @Test
  void tellsNothingInternalOfItsSourcesFaults() {
    subscribe();

    schema.events.closeExceptionally(new IllegalStateException("secret"));

    assertThat(taker.failure).hasMessage("Something went wrong in the gateway: track-1");
    assertThat(((GraphQlProblem) taker.failure).code()).isEqualTo(ErrorCode.INTERNAL);
  }

  private void subscribe() {
    ExecutionResult result =
        SchemaEngineTest.execute(engine, "subscription { ticks { count } }", Map.of());
    assertThat(result.getErrors()).isEmpty();
    Publisher<ExecutionResult> publisher = result.getData();
    publisher.subscribe(taker);
  }

  private static Map<String, Object> tick(int count) {
    return Map.of("ticks", Map.of("count", count));
  }

  private static final class Taker implements Subscriber<ExecutionResult> {

    private final List<ExecutionResult> results = new ArrayList<>();
    private Subscription subscription;
    private Throwable failure;
    private boolean completed;

    void request(long count) {
      subscription.request(count);
    }

    List<Object> data() {
      List<Object> data = new ArrayList<>();
      results.forEach(result -> data.add(result.getData()));
      return data;
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(ExecutionResult result) {
      results.add(result);
    }

    @Override
    public void onError(Throwable thrown) {
      failure = thrown;
    }

    @Override
    public void onComplete() {
      completed = true;
    }
  }
}
