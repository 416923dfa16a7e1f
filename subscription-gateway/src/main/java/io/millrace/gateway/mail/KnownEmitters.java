package io.millrace.gateway.mail;

import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.kafka.DefinitionFollower;
import io.millrace.model.kafka.DefinitionListener;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The emitters that are defined now, for the sake of their owners. Safe for several threads. */
final class KnownEmitters implements DefinitionListener, AutoCloseable {

  private final Map<String, EmitterDefinition> byId = new ConcurrentHashMap<>();
  private final DefinitionFollower follower;

  KnownEmitters(Map<String, ?> clientConfig, MillraceTopics topics) {
    follower = new DefinitionFollower(clientConfig, topics, this);
  }

  KnownEmitters start() {
    follower.start();
    return this;
  }

  /** Waits for what stood in the log at the start; false if it is not read in time. */
  boolean awaitRead(Duration timeout) throws InterruptedException {
    return follower.awaitCaughtUp(timeout);
  }

  Optional<EmitterDefinition> get(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Called by the follower's thread. */
  @Override
  public void changed(String emitterId, @Nullable EmitterDefinition definition) {
    if (definition == null) {
      byId.remove(emitterId);
    } else {
      byId.put(emitterId, definition);
    }
  }

  @Override
  public void close() {
    follower.close();
  }
}
