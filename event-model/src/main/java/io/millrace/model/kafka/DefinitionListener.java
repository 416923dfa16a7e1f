package io.millrace.model.kafka;

import io.millrace.model.emitter.EmitterDefinition;
import org.jspecify.annotations.Nullable;

/** Is told of every emitter definition that comes, changes or goes, on the follower's thread. */
@FunctionalInterface
public interface DefinitionListener {

  /**
   * An emitter is now this.
   *
   * @param definition null when it was removed
   */
  void changed(String emitterId, @Nullable EmitterDefinition definition);

  /**
   * An emitter is defined, and what stands in the log cannot be understood here; a newer release
   * may have written it. Whoever runs emitters treats it as removed, which is what this does unless
   * overridden; whoever clears up after removed ones must not.
   */
  default void unreadable(String emitterId) {
    changed(emitterId, null);
  }
}
