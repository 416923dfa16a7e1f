package io.millrace.gateway.control;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets one thread sleep until it is time or another wakes it; wakes meanwhile count as one. */
final class Wake {

  private final Semaphore calls = new Semaphore(0);

  void call() {
    calls.release();
  }

  void await(long nanos) throws InterruptedException {
    if (calls.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      calls.drainPermits();
    }
  }
}
