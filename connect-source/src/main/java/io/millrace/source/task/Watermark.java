package io.millrace.source.task;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which batches Kafka has whole, with all before them. Records are told done in any order and by
 * any thread; batches are acknowledged in the order in which they were opened.
 */
final class Watermark {

  // Guarded by this.
  private final Deque<Pending> pending = new ArrayDeque<>();

  /** A batch on its way; mutable, guarded by the watermark. */
  static final class Pending {
    private final Runnable acknowledged;
    private int left;

    private Pending(Batch batch) {
      this.acknowledged = batch.acknowledged();
      this.left = batch.events().size();
    }
  }

  /** The batch goes to Kafka now, after all that were opened before. */
  synchronized Pending open(Batch batch) {
    Pending opened = new Pending(batch);
    pending.add(opened);
    advance();
    return opened;
  }

  /** Kafka has one more record of the batch, or the worker has dropped it as it was told to. */
  synchronized void done(Pending batch) {
    batch.left--;
    advance();
  }

  private void advance() {
    for (Pending head = pending.peek(); head != null && head.left <= 0; head = pending.peek()) {
      pending.remove();
      head.acknowledged.run();
    }
  }
}
