package io.millrace.gateway.subscription;

import io.millrace.gateway.stream.Block;
import io.millrace.gateway.stream.CatchUp;
import io.millrace.gateway.stream.PastReader;
import io.millrace.gateway.stream.StreamedEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what stood in a stream before its head began, a piece at a time, the newest first. */
final class Recount implements CatchUp.Work {

  private static final Logger LOG = LoggerFactory.getLogger(Recount.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final int PIECE = 50_000;

  private final Stream stream;
  private final Consumer<CatchUp.Work> again;
  private final Consumer<Duration> later;
  private final AtomicBoolean running = new AtomicBoolean();

  /**
   * Counts a stream.
   *
   * @param again takes the work up when it is its turn
   * @param later calls {@link #wake} after a while
   */
  Recount(Stream stream, Consumer<CatchUp.Work> again, Consumer<Duration> later) {
    this.stream = stream;
    this.again = again;
    this.later = later;
  }

  /** There may be something to count. */
  void wake() {
    if (running.compareAndSet(false, true)) {
      again.accept(this);
    }
  }

  @Override
  public void work(PastReader reader) {
    try {
      Head.Uncounted piece = stream.head.uncounted(PIECE);
      if (piece == null) {
        running.set(false);
        if (stream.head.uncounted(PIECE) != null) {
          wake();
        }
        return;
      }
      count(reader, piece);
      again.accept(this);
    } catch (InterruptException | WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("Stream {} could not be counted, trying again: {}", stream.name, e.toString());
      running.set(false);
      later.accept(RETRY);
    }
  }

  private void count(PastReader reader, Head.Uncounted piece) {
    Map<Interest, Tally> found = new HashMap<>();
    long at = piece.from();
    while (at < piece.to()) {
      Block block;
      try {
        block = stream.pastOnce(reader, at, PATIENCE);
      } catch (OffsetOutOfRangeException e) {
        long start = reader.beginning(stream.partition);
        if (start <= at) {
          throw e;
        }
        stream.head.logStart(start);
        return;
      }
      for (int i = block.indexOf(at); i < block.events().size(); i++) {
        StreamedEvent event = block.events().get(i);
        if (event.offset() < piece.to()) {
          for (Interest interest : stream.head.matching(event.event())) {
            found.computeIfAbsent(interest, unknown -> new Tally()).add(event.offset());
          }
        }
      }
      at = block.to();
    }
    stream.head.counted(piece, found);
  }
}
