package io.millrace.gateway.subscription;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which gateways live, as far as this one hears: one that has written nothing for a while is dead.
 * Time is measured by this node's own clock only. Safe for use by several threads.
 */
final class Nodes {

  static final Duration BEAT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private final LongSupplier nanoTime;
  private final Map<String, Long> heard = new ConcurrentHashMap<>();

  Nodes(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void heard(String node) {
    heard.put(node, nanoTime.getAsLong());
  }

  void gone(String node) {
    heard.remove(node);
  }

  boolean lives(String node) {
    Long last = heard.get(node);
    return last != null && nanoTime.getAsLong() - last < SILENCE.toNanos();
  }
}
