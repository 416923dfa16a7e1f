package io.millrace.router;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a thread that died, unless too many died in a short time: then the router stops and says
 * so, instead of failing in a loop. Safe for use by several threads.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

  static final int MOST = 5;
  static final Duration WITHIN = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);

  private final Clock clock;
  private final Deque<Instant> deaths = new ArrayDeque<>();

  ThreadReplacement(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
    Instant now = clock.instant();
    deaths.addLast(now);
    while (deaths.getFirst().isBefore(now.minus(WITHIN))) {
      deaths.removeFirst();
    }
    if (deaths.size() > MOST) {
      LOG.error("Routing stops: {} threads failed within {}", deaths.size(), WITHIN, failure);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.error("A routing thread failed and is replaced", failure);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }
}
