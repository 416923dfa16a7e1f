package io.millrace.source.task;

import java.time.Duration;

/** How a reader waits; tests do not. */
@FunctionalInterface
public interface Sleeper {

  void sleep(Duration time) throws InterruptedException;
}
