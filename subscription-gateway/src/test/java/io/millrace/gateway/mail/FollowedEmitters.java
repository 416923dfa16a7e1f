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

/** What stands in the topic of definitions, without a gateway around it. */
final class FollowedEmitters implements KnownEmitters, DefinitionListener, AutoCloseable {

  private final Map<String, EmitterDefinition> byId = new ConcurrentHashMap<>();
  private final DefinitionFollower follower;

  FollowedEmitters(Map<String, ?> clients, MillraceTopics topics) {
    follower = new DefinitionFollower(clients, topics, this);
    follower.start();
  }

  @Override
  public boolean awaitRead(Duration timeout) throws InterruptedException {
    return follower.awaitCaughtUp(timeout);
  }

  @Override
  public Optional<EmitterDefinition> get(String emitterId) {
    return Optional.ofNullable(byId.get(emitterId));
  }

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
