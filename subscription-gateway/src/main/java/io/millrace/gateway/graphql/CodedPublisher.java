package io.millrace.gateway.graphql;

import graphql.ExecutionResult;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** The results of a subscription, each and its failure with coded errors. */
record CodedPublisher(
    Publisher<ExecutionResult> source,
    Function<ExecutionResult, ExecutionResult> results,
    Function<Throwable, CodedError> failures)
    implements Publisher<ExecutionResult> {

  @Override
  public void subscribe(Subscriber<? super ExecutionResult> subscriber) {
    source.subscribe(
        new Subscriber<ExecutionResult>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            subscriber.onSubscribe(subscription);
          }

          @Override
          public void onNext(ExecutionResult result) {
            subscriber.onNext(results.apply(result));
          }

          @Override
          public void onError(Throwable failure) {
            CodedError error = failures.apply(failure);
            subscriber.onError(GraphQlProblem.of(error.code(), error.message()));
          }

          @Override
          public void onComplete() {
            subscriber.onComplete();
          }
        });
  }
}
