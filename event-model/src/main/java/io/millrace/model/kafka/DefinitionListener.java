package io.millrace.model.kafka;

import io.millrace.model.emitter.EmitterDefinition;
import org.jspecify.annotations.Nullable;

/** Is told of every emitter definition that comes, changes or goes, on the follower's thread. */
@FunctionalInterface
public interface DefinitionListener {

  /**
   * An emitter is now this.
   *
   * @param definition null when it was removed, or when what stands in the log cannot be understood
   */
  void changed(String emitterId, @Nullable EmitterDefinition definition);
}
