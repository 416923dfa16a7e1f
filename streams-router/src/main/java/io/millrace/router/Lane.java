package io.millrace.router;

import io.micrometer.core.instrument.Counter;
import org.jspecify.annotations.Nullable;

/**
 * Where the events of one emitter go. Equal only to itself, so that an emitter that changes its
 * topic has two for a moment.
 */
final class Lane {

  private final String emitterId;
  private final String topic;
  private final Counter matches;
  private final Counter failures;
  private volatile @Nullable String owner;

  Lane(String emitterId, String topic, Counter matches, Counter failures) {
    this.emitterId = emitterId;
    this.topic = topic;
    this.matches = matches;
    this.failures = failures;
  }

  String emitterId() {
    return emitterId;
  }

  String topic() {
    return topic;
  }

  /** Who must be allowed to see what goes here; null for a system emitter, which gets all. */
  @Nullable String owner() {
    return owner;
  }

  void owner(@Nullable String now) {
    owner = now;
  }

  void matched() {
    matches.increment();
  }

  void filterFailed() {
    failures.increment();
  }
}
