package io.millrace.gateway.http.socket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.http.RequestMetrics;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted about the sockets of one dialect. */
final class SocketMetrics {

  /** Gauge of open sockets; tag {@code dialect}, as in all of these. */
  static final String OPEN = "millrace.gateway.sockets";

  /** Counter of whole messages; tag {@value #DIRECTION}: in or out. */
  static final String MESSAGES = "millrace.gateway.socket.messages";

  static final String DIRECTION = "direction";

  /** Counter of sockets that ended; tag {@value #BY}: client, gateway or lost. */
  static final String CLOSED = "millrace.gateway.socket.closed";

  static final String BY = "by";

  /** Counter of sockets that were refused, or closed, for a limit; tag {@value #LIMIT}. */
  static final String REFUSED = "millrace.gateway.socket.refused";

  /** One of connections, user, address, messages, origin. */
  static final String LIMIT = "limit";

  private final AtomicInteger open = new AtomicInteger();
  private final MeterRegistry registry;
  private final String dialect;
  private final Counter in;
  private final Counter out;

  SocketMetrics(MeterRegistry registry, String dialect) {
    this.registry = registry;
    this.dialect = dialect;
    Gauge.builder(OPEN, open, AtomicInteger::get)
        .tag(RequestMetrics.DIALECT, dialect)
        .register(registry);
    in = registry.counter(MESSAGES, RequestMetrics.DIALECT, dialect, DIRECTION, "in");
    out = registry.counter(MESSAGES, RequestMetrics.DIALECT, dialect, DIRECTION, "out");
  }

  void opened() {
    open.incrementAndGet();
  }

  void received() {
    in.increment();
  }

  void sent() {
    out.increment();
  }

  void refused(String limit) {
    registry.counter(REFUSED, RequestMetrics.DIALECT, dialect, LIMIT, limit).increment();
  }

  void closed(String by) {
    open.decrementAndGet();
    registry.counter(CLOSED, RequestMetrics.DIALECT, dialect, BY, by).increment();
  }
}
