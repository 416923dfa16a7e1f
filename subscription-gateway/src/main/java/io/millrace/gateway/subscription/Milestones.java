package io.millrace.gateway.subscription;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** How far a log was read, and who waits for more. Safe for use by several threads. */
final class Milestones {

  private final Queue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::position));
  private long position = -1;

  /** Everything before this offset was read. */
  synchronized long position() {
    return position;
  }

  /** Completes on the reader's thread when everything before the offset was read. */
  synchronized CompletableFuture<Void> reached(long offset) {
    if (position >= offset) {
      return CompletableFuture.completedFuture(null);
    }
    Waiting waiter = new Waiting(offset, new CompletableFuture<>());
    waiting.add(waiter);
    return waiter.future;
  }

  void advance(long offset) {
    List<CompletableFuture<Void>> reached = new ArrayList<>();
    synchronized (this) {
      position = Math.max(position, offset);
      while (!waiting.isEmpty() && waiting.element().position <= position) {
        reached.add(waiting.remove().future);
      }
    }
    reached.forEach(future -> future.complete(null));
  }

  private record Waiting(long position, CompletableFuture<Void> future) {}
}
