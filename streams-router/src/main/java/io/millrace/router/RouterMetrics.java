package io.millrace.router;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** What the router counts. Safe for use by several threads. */
public final class RouterMetrics {

  /** Records read from streams. */
  public static final String READ = "millrace.router.events.read";

  /** Records written to topics of emitters; one event may be routed to many. */
  public static final String ROUTED = "millrace.router.events.routed";

  /** Events that no emitter wanted. */
  public static final String UNMATCHED = "millrace.router.events.unmatched";

  /** Events that an emitter wanted and that its owner may not see. */
  public static final String HIDDEN = "millrace.router.events.hidden";

  /** Records that went to the dead letters: no CloudEvents, or refused by the broker. */
  public static final String DEAD_LETTERED = "millrace.router.events.deadlettered";

  /** Events given up because the emitter was removed while they were on their way to it. */
  public static final String ABANDONED = "millrace.router.events.abandoned";

  /** Events matched, by tag {@value #EMITTER}. */
  public static final String EMITTER_MATCHES = "millrace.router.emitter.matches";

  /** Filters that could not be evaluated for an event, by tag {@value #EMITTER}. */
  public static final String FILTER_ERRORS = "millrace.router.filter.errors";

  /** Emitters that events are routed to. */
  public static final String EMITTERS = "millrace.router.emitters";

  /** Emitters whose Kafka topic could not be created yet, or whose owners are not known yet. */
  public static final String EMITTERS_WAITING = "millrace.router.emitters.waiting";

  /** The emitter's id; {@value #OTHERS} for all beyond the first {@value #MAX_EMITTERS}. */
  public static final String EMITTER = "emitter";

  public static final String OTHERS = "_others";
  public static final int MAX_EMITTERS = 200;

  final Counter read;
  final Counter routed;
  final Counter unmatched;
  final Counter hidden;
  final Counter deadLettered;
  final Counter abandoned;

  private final MeterRegistry registry;
  private final Set<String> named = new HashSet<>();

  RouterMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.read = registry.counter(READ);
    this.routed = registry.counter(ROUTED);
    this.unmatched = registry.counter(UNMATCHED);
    this.hidden = registry.counter(HIDDEN);
    this.deadLettered = registry.counter(DEAD_LETTERED);
    this.abandoned = registry.counter(ABANDONED);
  }

  void watchEmitters(Supplier<Number> running, Supplier<Number> waiting) {
    Gauge.builder(EMITTERS, running).register(registry);
    Gauge.builder(EMITTERS_WAITING, waiting).register(registry);
  }

  synchronized Lane lane(String emitterId, String topic) {
    boolean own = named.contains(emitterId) || named.size() < MAX_EMITTERS;
    if (own) {
      named.add(emitterId);
    }
    String tag = own ? emitterId : OTHERS;
    return new Lane(
        emitterId,
        topic,
        registry.counter(EMITTER_MATCHES, EMITTER, tag),
        registry.counter(FILTER_ERRORS, EMITTER, tag));
  }

  /** The counters of a removed emitter go, so that others can have them. */
  synchronized void forget(String emitterId) {
    if (named.remove(emitterId)) {
      registry.remove(registry.counter(EMITTER_MATCHES, EMITTER, emitterId));
      registry.remove(registry.counter(FILTER_ERRORS, EMITTER, emitterId));
    }
  }
}
