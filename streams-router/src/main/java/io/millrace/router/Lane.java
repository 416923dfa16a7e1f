package io.millrace.router;

import io.micrometer.core.instrument.Counter;

/**
 * Where the events of one emitter go. Equal only to itself, so that an emitter that changes its
 * topic has two for a moment.
 */
final class Lane {

  private final String emitterId;
  private final String topic;
  private final Counter matches;
  private final Counter failures;

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

  void matched() {
    matches.increment();
  }

  void filterFailed() {
    failures.increment();
  }
}
