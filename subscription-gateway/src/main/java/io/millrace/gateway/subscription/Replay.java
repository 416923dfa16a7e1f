package io.millrace.gateway.subscription;

import io.millrace.gateway.stream.Block;
import io.millrace.gateway.stream.CatchUp;
import io.millrace.gateway.stream.PastReader;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds a session that is behind, until it has no room or is attached to the head. */
final class Replay implements CatchUp.Work {

  private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(1);

  // Then it is the turn of others.
  private static final int BLOCKS_AT_A_TIME = 16;

  private final Stream stream;
  private final Delivery delivery;
  private final Interest interest;
  private final Consumer<CatchUp.Work> again;
  private final BiConsumer<CatchUp.Work, Duration> later;

  /**
   * Feeds a session.
   *
   * @param again takes the work up again when it is its turn
   * @param later takes the work up again after a while
   */
  Replay(
      Stream stream,
      Delivery delivery,
      Interest interest,
      Consumer<CatchUp.Work> again,
      BiConsumer<CatchUp.Work, Duration> later) {
    this.stream = stream;
    this.delivery = delivery;
    this.interest = interest;
    this.again = again;
    this.later = later;
  }

  @Override
  public void work(PastReader reader) {
    try {
      for (int i = 0; i < BLOCKS_AT_A_TIME; i++) {
        Head.Step step = stream.head.step(delivery, interest);
        if (step.attached()) {
          return;
        }
        Block kept = step.block();
        if (!delivery.feed(kept == null ? read(reader) : kept)) {
          return;
        }
      }
      again.accept(this);
    } catch (InterruptException | WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("Stream {} could not be read, trying again: {}", stream.name, e.toString());
      later.accept(this, RETRY);
    } catch (RuntimeException e) {
      LOG.error("A session on stream {} cannot go on", stream.name, e);
      delivery.end(SessionEnd.FAILED);
    }
  }

  private Block read(PastReader reader) {
    long from = delivery.next();
    try {
      return stream.past(reader, from, PATIENCE);
    } catch (OffsetOutOfRangeException e) {
      long start = reader.beginning(stream.partition);
      if (start <= from) {
        throw e;
      }
      stream.head.logStart(start);
      delivery.lost(start);
      return stream.past(reader, start, PATIENCE);
    }
  }
}
