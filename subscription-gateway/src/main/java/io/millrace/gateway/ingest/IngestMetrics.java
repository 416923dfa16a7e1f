package io.millrace.gateway.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** What the gateway counts about the events it takes. */
final class IngestMetrics {

  /** Counter of events that the broker has; tag {@code stream}. */
  static final String EVENTS = "millrace.gateway.events.accepted";

  /** Counter of the bytes of their data; tag {@code stream}. */
  static final String BYTES = "millrace.gateway.events.bytes";

  /** Counter of events that the broker did not take; tag {@code stream}. */
  static final String FAILED = "millrace.gateway.events.failed";

  /** Timer from the parsed request until the broker has all of its events. */
  static final String ACKNOWLEDGED = "millrace.gateway.acknowledged";

  /** Gauge of the bytes that wait for the broker. */
  static final String IN_FLIGHT = "millrace.gateway.inflight.bytes";

  private final MeterRegistry registry;
  private final Timer acknowledged;

  IngestMetrics(MeterRegistry registry, Supplier<Number> inFlight) {
    this.registry = registry;
    this.acknowledged = Timer.builder(ACKNOWLEDGED).publishPercentileHistogram().register(registry);
    Gauge.builder(IN_FLIGHT, inFlight).register(registry);
  }

  void stored(String stream, int bytes) {
    registry.counter(EVENTS, "stream", stream).increment();
    registry.counter(BYTES, "stream", stream).increment(bytes);
  }

  void failed(String stream) {
    registry.counter(FAILED, "stream", stream).increment();
  }

  void acknowledged(long nanos) {
    acknowledged.record(Duration.ofNanos(nanos));
  }
}
