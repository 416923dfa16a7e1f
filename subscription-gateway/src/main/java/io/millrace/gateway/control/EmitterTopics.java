package io.millrace.gateway.control;

import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.event.ResourceName;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Duration;
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

  private final MillraceTopics topics;
  private final long delay;
  private final LongSupplier nanos;
  private final Map<String, Long> orphanedSince = new HashMap<>();

  EmitterTopics(MillraceTopics topics, Duration delay, LongSupplier nanos) {
    this.topics = topics;
    this.delay = delay.toNanos();
    this.nanos = nanos;
  }

  /** Those of the definitions whose topic is not among the existing ones. */
  Collection<EmitterDefinition> missing(
      Set<String> existing, Collection<EmitterDefinition> definitions) {
    return definitions.stream().filter(each -> !existing.contains(name(each))).toList();
  }

  /**
   * The topics that have belonged to no emitter for as long as the delay.
   *
   * @param kept emitters whose topics stay, of whatever type they are
   */
  Set<String> expired(
      Set<String> existing, Collection<EmitterDefinition> definitions, Set<String> kept) {
    Set<String> wanted = definitions.stream().map(this::name).collect(Collectors.toSet());
    Set<String> orphans = new HashSet<>();
    for (String topic : existing) {
      if (!wanted.contains(topic)) {
        emitterId(topic).filter(id -> !kept.contains(id)).ifPresent(id -> orphans.add(topic));
      }
    }
    long now = nanos.getAsLong();
    orphanedSince.keySet().retainAll(orphans);
    orphans.forEach(topic -> orphanedSince.putIfAbsent(topic, now));
    return orphans.stream()
        .filter(topic -> now - orphanedSince.getOrDefault(topic, now) >= delay)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Nanoseconds until the next orphan expires; very many when there is none. */
  long remaining() {
    long now = nanos.getAsLong();
    return orphanedSince.values().stream()
        .mapToLong(since -> Math.max(0, delay - (now - since)))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private String name(EmitterDefinition definition) {
    return topics.emitter(definition.type(), definition.id());
  }

  private Optional<String> emitterId(String topic) {
    for (EmitterType type : EmitterType.values()) {
      String prefix = topics.emitterPrefix(type);
      if (topic.startsWith(prefix)) {
        return Optional.of(topic.substring(prefix.length())).filter(ResourceName::isValid);
      }
    }
    return Optional.empty();
  }
}
