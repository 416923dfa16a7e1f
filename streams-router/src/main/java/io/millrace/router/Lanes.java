package io.millrace.router;

import io.millrace.filter.FilterIndex;
import io.millrace.filter.InvalidFilterException;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.kafka.DefinitionListener;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index as the definitions want it: an emitter's topic exists before events are routed to
 * it. A definition whose topic cannot be created waits, and is tried again by {@link
 * #retryWaiting}; so does one of a user before it is known who may see what; one whose filter
 * cannot be compiled is off, whatever stood there before. Safe for use by several threads.
 */
final class Lanes implements DefinitionListener {

  private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

  private final MillraceTopics topics;
  private final LaneTopics laneTopics;
  private final FilterIndex<Lane> index;
  private final OwnerAudience audience;
  private final RouterMetrics metrics;
  private final Map<String, Lane> byEmitter = new HashMap<>();
  // These two are also asked without the lock, which is held while the cluster is asked: by health
  // and metrics, and by the producers' threads.
  private final Map<String, EmitterDefinition> waiting = new ConcurrentHashMap<>();
  private final Set<String> activeTopics = ConcurrentHashMap.newKeySet();

  Lanes(
      MillraceTopics topics,
      LaneTopics laneTopics,
      FilterIndex<Lane> index,
      OwnerAudience audience,
      RouterMetrics metrics) {
    this.topics = topics;
    this.laneTopics = laneTopics;
    this.index = index;
    this.audience = audience;
    this.metrics = metrics;
    metrics.watchEmitters(activeTopics::size, this::waiting);
  }

  @Override
  public synchronized void changed(String emitterId, @Nullable EmitterDefinition definition) {
    waiting.remove(emitterId);
    if (definition == null) {
      remove(emitterId);
    } else {
      put(definition);
    }
    notifyAll();
  }

  /** Whether events are routed to that topic now. */
  boolean isActive(String topic) {
    return activeTopics.contains(topic);
  }

  int size() {
    return activeTopics.size();
  }

  /** How many emitters wait for their topic. */
  int waiting() {
    return waiting.size();
  }

  /** Tries again those whose topic could not be created. */
  synchronized void retryWaiting() {
    for (EmitterDefinition definition : List.copyOf(waiting.values())) {
      if (mayBeRouted(definition)) {
        waiting.remove(definition.id());
        put(definition);
      }
    }
    notifyAll();
  }

  /** Creates again what someone deleted though its emitter is defined. */
  synchronized void recreateMissing() {
    try {
      laneTopics.look();
      laneTopics.ensure(activeTopics);
    } catch (KafkaException e) {
      LOG.warn("Topics of emitters could not be checked: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until no emitter waits; false on time-out. */
  synchronized boolean awaitSettled(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (!waiting.isEmpty()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private void put(EmitterDefinition definition) {
    String id = definition.id();
    if (!mayBeRouted(definition)) {
      LOG.warn("Emitter {} waits until a gateway says who may see what", id);
      await(definition);
      return;
    }
    String topic = topics.emitter(definition.type(), id);
    Lane former = byEmitter.get(id);
    try {
      laneTopics.ensure(Set.of(topic));
    } catch (KafkaException e) {
      LOG.warn("Emitter {} waits, its topic could not be created: {}", id, causeOf(e));
      await(definition);
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      await(definition);
      return;
    }
    Lane lane = former != null && former.topic().equals(topic) ? former : metrics.lane(id, topic);
    try {
      // Whoever is no system emitter any more must not get one more event as such.
      if (definition.owner() != null) {
        lane.owner(definition.owner());
      }
      index.put(lane, definition.filter());
      lane.owner(definition.owner());
    } catch (InvalidFilterException e) {
      LOG.warn("Emitter {} is off, its filter cannot be used: {}", id, e.getMessage());
      remove(id);
      return;
    }
    activeTopics.add(topic);
    byEmitter.put(id, lane);
    if (former != null && former != lane) {
      drop(former);
    }
    LOG.info("Emitter {} is routed to {}", id, topic);
  }

  private boolean mayBeRouted(EmitterDefinition definition) {
    return definition.owner() == null || audience.isKnown();
  }

  /** What stood there before is no longer wanted in any case. */
  private void await(EmitterDefinition definition) {
    remove(definition.id());
    waiting.put(definition.id(), definition);
  }

  private void remove(String emitterId) {
    Lane former = byEmitter.remove(emitterId);
    if (former != null) {
      drop(former);
      metrics.forget(emitterId);
      LOG.info("Emitter {} is no longer routed to", emitterId);
    }
  }

  private void drop(Lane lane) {
    index.remove(lane);
    activeTopics.remove(lane.topic());
    laneTopics.forget(lane.topic());
  }

  private static String causeOf(KafkaException e) {
    return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
  }
}
