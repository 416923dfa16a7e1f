package io.millrace.model.kafka;

import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.InvalidDefinitionException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the topic of emitter definitions, as {@link TopicFollower} does. */
public final class DefinitionFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DefinitionFollower.class);

  private final TopicFollower follower;
  private final DefinitionListener listener;

  /**
   * Does not begin before {@link #start}.
   *
   * @param clientConfig how to reach the cluster; group and deserializers are not needed
   */
  public DefinitionFollower(
      Map<String, ?> clientConfig, MillraceTopics topics, DefinitionListener listener) {
    this.listener = listener;
    this.follower =
        new TopicFollower(clientConfig, topics.emitters(), "millrace-definitions", this::tell);
  }

  public DefinitionFollower start() {
    follower.start();
    return this;
  }

  /** Waits until everything that stood in the log at the start was told; false on time-out. */
  public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
    return follower.awaitCaughtUp(timeout);
  }

  /** Everything in the log before this offset was told; to be compared with the log's end. */
  public long position() {
    return follower.position();
  }

  /** Waits until everything before this offset was told; false on time-out. */
  public boolean awaitPosition(long offset, Duration timeout) throws InterruptedException {
    return follower.awaitPosition(offset, timeout);
  }

  @Override
  public void close() {
    follower.close();
  }

  private void tell(String id, byte @Nullable [] value) {
    if (value == null) {
      listener.changed(id, null);
      return;
    }
    EmitterDefinition definition;
    try {
      definition = DefinitionJson.read(id, value);
    } catch (InvalidDefinitionException e) {
      LOG.warn("Emitter {} is off, its definition cannot be used: {}", id, e.getMessage());
      listener.unreadable(id);
      return;
    }
    listener.changed(id, definition);
  }
}
