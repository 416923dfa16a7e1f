package io.millrace.gateway.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted about live sessions. */
final class LiveMetrics {

  /** Gauge of open sessions. */
  static final String SESSIONS = "millrace.gateway.live.sessions";

  /** Gauge of distinct filters of all sessions. */
  static final String FILTERS = "millrace.gateway.live.filters";

  /** Counter of events given to sessions at the newest end. */
  static final String EVENTS = "millrace.gateway.live.events";

  /** Counter of sessions that did not take what they were sent; tag {@code outcome}. */
  static final String SLOW = "millrace.gateway.live.slow";

  /** Counter of events that sessions were not given, since they were slow. */
  static final String MISSED = "millrace.gateway.live.missed";

  private final AtomicInteger open = new AtomicInteger();
  private final Counter events;
  private final Counter slow;
  private final Counter missed;

  LiveMetrics(MeterRegistry registry, Interests interests, SlowSessions policy) {
    Gauge.builder(SESSIONS, open, AtomicInteger::get).register(registry);
    Gauge.builder(FILTERS, interests, Interests::size).register(registry);
    events = registry.counter(EVENTS);
    slow = registry.counter(SLOW, "outcome", policy.word());
    missed = registry.counter(MISSED);
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }

  void given() {
    events.increment();
  }

  void slow() {
    slow.increment();
  }

  void missed() {
    missed.increment();
  }
}
