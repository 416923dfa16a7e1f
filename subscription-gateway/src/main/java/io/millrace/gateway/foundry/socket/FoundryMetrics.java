package io.millrace.gateway.foundry.socket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What is counted about what is kept for clients. */
final class FoundryMetrics {

  /** Counter of events of private topics that are kept no longer, though not acknowledged. */
  static final String GIVEN_UP = "millrace.gateway.foundry.given.up";

  /** Counter of events that were pushed again since they had not been acknowledged. */
  static final String PUSHED_AGAIN = "millrace.gateway.foundry.pushed.again";

  /** Gauge of the clients that something is known of. */
  static final String CLIENTS = "millrace.gateway.foundry.clients";

  private final Counter givenUp;
  private final Counter pushedAgain;

  FoundryMetrics(MeterRegistry registry, Supplier<Number> clients) {
    givenUp = registry.counter(GIVEN_UP);
    pushedAgain = registry.counter(PUSHED_AGAIN);
    Gauge.builder(CLIENTS, clients).register(registry);
  }

  void givenUp(int events) {
    if (events > 0) {
      givenUp.increment(events);
    }
  }

  void pushedAgain() {
    pushedAgain.increment();
  }
}
