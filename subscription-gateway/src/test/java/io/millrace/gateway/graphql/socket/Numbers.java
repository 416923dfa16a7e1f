package io.millrace.gateway.graphql.socket;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Publishes what is made of 1, 2, 3, … as it is asked for, and remembers what happened to it. */
final class Numbers implements Publisher<Object> {

  final AtomicLong requested = new AtomicLong();
  final AtomicInteger published = new AtomicInteger();
  final AtomicBoolean cancelled = new AtomicBoolean();
  private final int last;
  private final IntFunction<Object> values;
  private final @Nullable Throwable end;

  /** Ends after {@code last}, with a failure if there is one. */
  Numbers(int last, IntFunction<Object> values, @Nullable Throwable end) {
    this.last = last;
    this.values = values;
    this.end = end;
  }

  @Override
  public void subscribe(Subscriber<? super Object> subscriber) {
    subscriber.onSubscribe(
        new Subscription() {
          private final AtomicLong open = new AtomicLong();

          @Override
          public void request(long n) {
            requested.addAndGet(n);
            if (open.getAndAdd(n) > 0) {
              return;
            }
            do {
              if (!cancelled.get()) {
                publish(subscriber);
              }
            } while (open.decrementAndGet() > 0);
          }

          @Override
          public void cancel() {
            cancelled.set(true);
          }
        });
  }

  private void publish(Subscriber<? super Object> subscriber) {
    if (published.get() < last) {
      subscriber.onNext(values.apply(published.incrementAndGet()));
    }
    if (published.get() == last && !cancelled.getAndSet(true)) {
      if (end == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(end);
      }
    }
  }
}
