package io.millrace.router;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
  private final ThreadReplacement replacement = new ThreadReplacement(clock());

  @Test
  void deadThreadsAreReplacedUpToABound() {
    for (int i = 0; i < ThreadReplacement.MOST; i++) {
      assertThat(replacement.handle(new IllegalStateException())).isEqualTo(REPLACE_THREAD);
    }
    assertThat(replacement.handle(new IllegalStateException())).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void rareDeathsAreReplacedForEver() {
    for (int i = 0; i < 100; i++) {
      assertThat(replacement.handle(new IllegalStateException())).isEqualTo(REPLACE_THREAD);
      now.updateAndGet(time -> time.plus(Duration.ofSeconds(15)));
    }
  }

  private Clock clock() {
    InstantSource source = now::get;
    return source.withZone(ZoneOffset.UTC);
  }
}
