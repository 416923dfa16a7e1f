package io.millrace.gateway.subscription;

import io.millrace.filter.audience.Audience;
import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.stream.Block;
import io.millrace.gateway.stream.CatchUp;
import io.millrace.gateway.stream.PastReader;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Counts what a filter matches and a viewer may see, by reading it, a piece at a time: what an
 * {@link Interest} has counted for all must not tell somebody of events that are hidden from him.
 */
final class VisibleCount implements CatchUp.Work {

  private static final Duration PATIENCE = Duration.ofMillis(500);

  // Then it is the turn of others.
  private static final int BLOCKS_AT_A_TIME = 16;

  private final Streams streams;
  private final Stream stream;
  private final Interest interest;
  private final Viewer viewer;
  private final long end;
  private final CompletableFuture<Long> counted = new CompletableFuture<>();
  private long at;
  private long count;

  VisibleCount(Streams streams, Subscription.Place place, Viewer viewer, long from, long end) {
    this.streams = streams;
    this.stream = place.stream();
    this.interest = place.interest();
    this.viewer = viewer;
    this.at = from;
    this.end = end;
  }

  CompletableFuture<Long> count() {
    streams.read(this);
    return counted;
  }

  @Override
  public void work(PastReader reader) {
    try {
      for (int i = 0; i < BLOCKS_AT_A_TIME && at < end; i++) {
        take(read(reader));
      }
    } catch (InterruptException | WakeupException e) {
      counted.completeExceptionally(e);
      throw e;
    } catch (KafkaException e) {
      counted.completeExceptionally(
          new SubscriptionException(Reason.UNAVAILABLE, "The stream cannot be read now.", e));
      return;
    } catch (RuntimeException e) {
      counted.completeExceptionally(e);
      return;
    }
    if (at < end) {
      streams.read(this);
    } else {
      counted.complete(count);
    }
  }

  private void take(Block block) {
    Audience audience = stream.head.rules();
    for (int i = block.indexOf(at); i < block.events().size(); i++) {
      StreamedEvent event = block.events().get(i);
      if (event.offset() < end
          && interest.matcher().matches(event.event())
          && audience.of(event.event()).admits(viewer)) {
        count++;
      }
    }
    at = Math.max(at, block.to());
  }

  private Block read(PastReader reader) {
    try {
      return stream.pastOnce(reader, at, PATIENCE);
    } catch (OffsetOutOfRangeException e) {
      long start = reader.beginning(stream.partition);
      if (start <= at) {
        throw e;
      }
      at = start;
      return stream.pastOnce(reader, start, PATIENCE);
    }
  }
}
