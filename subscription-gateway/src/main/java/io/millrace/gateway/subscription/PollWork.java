package io.millrace.gateway.subscription;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What a {@link Poll} needs done by others. Nothing here blocks. */
interface PollWork {

  /** Runs something soon, on a delivering thread. */
  void execute(Runnable work);

  /** Runs something quick after a while. */
  Future<?> schedule(Runnable work, long nanos);

  /** Lets a poll go on with a reader of the past. */
  void read(Poll poll);

  /** The same, after a while. */
  void readLater(Poll poll, Duration delay);

  /**
   * Answers a poll whose consumer does not hold the lease, or not here.
   *
   * @param anew begins the poll anew by saying the lease; null if that was done
   */
  void lost(
      Subscription subscription,
      PollRequest request,
      long from,
      PendingPoll pending,
      @Nullable Runnable anew);

  /** A clock that only counts. */
  long nanoTime();
}
