package io.millrace.benchmarks.subscription;

import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.gateway.subscription.Session;
import io.millrace.gateway.subscription.SessionEnd;
import io.millrace.gateway.subscription.SubscriptionObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client that acknowledges every chunk at once, and measures how long each event took. */
final class Consumer implements SubscriptionObserver {

  private final Counts counts;
  volatile @Nullable Session session;
  volatile long last;

  Consumer(Counts counts) {
    this.counts = counts;
  }

  @Override
  public void events(List<StreamedEvent> chunk) {
    long now = System.nanoTime();
    for (StreamedEvent event : chunk) {
      counts.latency.recordValue(Math.max(0, now - Long.parseLong(event.event().getId())));
    }
    counts.delivered.add(chunk.size());
    last = chunk.get(chunk.size() - 1).id();
    Session current = session;
    if (current != null) {
      var unused =
          current
              .acknowledge(last)
              .whenComplete(
                  (nothing, failure) -> {
                    if (failure == null) {
                      counts.acknowledged.increment();
                      counts.acknowledging.recordValue(System.nanoTime() - now);
                    } else {
                      counts.failed.increment();
                    }
                  });
    }
  }

  @Override
  public void gap(long first, long lost) {
    counts.failed.increment();
  }

  @Override
  public void ended(SessionEnd why) {
    if (why != SessionEnd.STOPPING && why != SessionEnd.CLOSED) {
      counts.failed.increment();
    }
  }
}
