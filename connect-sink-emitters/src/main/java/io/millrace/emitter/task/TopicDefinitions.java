package io.millrace.emitter.task;

import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.kafka.DefinitionFollower;
import io.millrace.model.kafka.DefinitionListener;
import io.millrace.model.kafka.MillraceTopics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Shared mode: the emitter's id is in its topic's name, its definition in the log of definitions.
 */
final class TopicDefinitions implements Definitions, DefinitionListener {

  private final EmitterType type;
  private final MillraceTopics topics;
  private final Map<String, Desired> byId = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();

  TopicDefinitions(EmitterType type, MillraceTopics topics) {
    this.type = type;
    this.topics = topics;
  }

  DefinitionFollower follow(Map<String, Object> clientConfig) {
    return new DefinitionFollower(clientConfig, topics, this).start();
  }

  /** Called by the follower's thread. */
  @Override
  public void changed(String emitterId, @Nullable EmitterDefinition definition) {
    if (definition == null || definition.type() != type) {
      byId.remove(emitterId);
    } else {
      byId.put(emitterId, new Desired(EmitterSpec.of(definition), definition.activation()));
    }
    version.incrementAndGet();
  }

  @Override
  public String emitterId(TopicPartition partition) {
    String prefix = topics.emitterPrefix(type);
    return partition.topic().startsWith(prefix)
        ? partition.topic().substring(prefix.length())
        : partition.topic();
  }

  @Override
  public @Nullable Desired desired(TopicPartition partition) {
    return partition.topic().startsWith(topics.emitterPrefix(type))
        ? byId.get(emitterId(partition))
        : null;
  }

  @Override
  public long version() {
    return version.get();
  }
}
