package io.millrace.standalone;

import java.util.concurrent.CountDownLatch;

/**
 * Waits for the word to stop: a signal, or a part that has failed for good. A second signal ends
 * the process at once.
 */
final class StopRequest {

  private static final int SECOND_SIGNAL = 130;

  private final CountDownLatch asked = new CountDownLatch(1);
  private volatile int exitCode;

  /** Listens for Ctrl-C (SIGINT) and SIGTERM instead of the JVM. */
  void listenToSignals() {
    ProcessSignals.handle("INT", this::signalled);
    ProcessSignals.handle("TERM", this::signalled);
  }

  /** Asks to stop because a part has failed. */
  void failed() {
    exitCode = 1;
    asked.countDown();
  }

  /** Returns the exit code when asked to stop. */
  int await() throws InterruptedException {
    asked.await();
    return exitCode;
  }

  private void signalled() {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(SECOND_SIGNAL);
    }
    asked.countDown();
  }
}
