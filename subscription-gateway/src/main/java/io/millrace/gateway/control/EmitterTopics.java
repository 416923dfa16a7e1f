package io.millrace.gateway.control;

import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.event.ResourceName;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Decides which Kafka topics of emitters belong to nobody any more. A topic whose name is not that
 * of an emitter of a type known here is nobody's business. For use by one thread.
 */
final class EmitterTopics {

  /** Which topic an emitter has, and whose a topic is; empty for none of this kind. */
  private interface Naming {
    Optional<String> topic(EmitterDefinition definition);

    Optional<String> emitterId(String topic);
  }

  private final Naming naming;
  private final long delay;
  private final LongSupplier nanos;
  private final Map<String, Long> orphanedSince = new HashMap<>();

  /** Of the topics that emitters' events are routed to. */
  EmitterTopics(MillraceTopics topics, Duration delay, LongSupplier nanos) {
    this(events(topics), delay, nanos);
  }

  private EmitterTopics(Naming naming, Duration delay, LongSupplier nanos) {
    this.naming = naming;
    this.delay = delay.toNanos();
    this.nanos = nanos;
  }

  /** Of the logs of Audit emitters. */
  static EmitterTopics ofAuditLogs(MillraceTopics topics, Duration delay, LongSupplier nanos) {
    return new EmitterTopics(auditLogs(topics), delay, nanos);
  }

  /** Those of the definitions whose topic is not among the existing ones. */
  Collection<EmitterDefinition> missing(
      Set<String> existing, Collection<EmitterDefinition> definitions) {
    return definitions.stream()
        .filter(each -> naming.topic(each).filter(name -> !existing.contains(name)).isPresent())
        .toList();
  }

  /**
   * The topics that have belonged to no emitter for as long as the delay.
   *
   * @param kept emitters whose topics stay, of whatever type they are
   */
  Set<String> expired(
      Set<String> existing, Collection<EmitterDefinition> definitions, Set<String> kept) {
    Set<String> wanted =
        definitions.stream()
            .flatMap(each -> naming.topic(each).stream())
            .collect(Collectors.toSet());
    Set<String> orphans = new HashSet<>();
    for (String topic : existing) {
      if (!wanted.contains(topic)) {
        naming
            .emitterId(topic)
            .filter(id -> !kept.contains(id))
            .ifPresent(id -> orphans.add(topic));
      }
    }
    long now = nanos.getAsLong();
    orphanedSince.keySet().retainAll(orphans);
    orphans.forEach(topic -> orphanedSince.putIfAbsent(topic, now));
    return orphans.stream()
        .filter(topic -> now - orphanedSince.getOrDefault(topic, now) >= delay)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whose a topic of this kind is; empty if it is none. */
  Optional<String> emitterId(String topic) {
    return naming.emitterId(topic);
  }

  /** Nanoseconds until the next orphan expires; very many when there is none. */
  long remaining() {
    long now = nanos.getAsLong();
    return orphanedSince.values().stream()
        .mapToLong(since -> Math.max(0, delay - (now - since)))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static Naming events(MillraceTopics topics) {
    return new Naming() {
      @Override
      public Optional<String> topic(EmitterDefinition definition) {
        return Optional.of(topics.emitter(definition.type(), definition.id()));
      }

      @Override
      public Optional<String> emitterId(String topic) {
        return Arrays.stream(EmitterType.values())
            .flatMap(type -> rest(topic, topics.emitterPrefix(type)).stream())
            .findFirst();
      }
    };
  }

  private static Naming auditLogs(MillraceTopics topics) {
    return new Naming() {
      @Override
      public Optional<String> topic(EmitterDefinition definition) {
        return definition.type() == EmitterType.AUDIT
            ? Optional.of(topics.audit(definition.id()))
            : Optional.empty();
      }

      @Override
      public Optional<String> emitterId(String topic) {
        return rest(topic, topics.auditPrefix());
      }
    };
  }

  private static Optional<String> rest(String topic, String prefix) {
    return topic.startsWith(prefix)
        ? Optional.of(topic.substring(prefix.length())).filter(ResourceName::isValid)
        : Optional.empty();
  }
}
