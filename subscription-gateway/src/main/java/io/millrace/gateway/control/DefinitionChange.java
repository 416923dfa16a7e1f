package io.millrace.gateway.control;

import io.millrace.model.emitter.EmitterDefinition;
import java.util.Optional;

/** Makes of an emitter what it shall be; may be asked again if others change it meanwhile. */
@FunctionalInterface
public interface DefinitionChange {

  /**
   * Decides.
   *
   * @param standing empty if there is no such emitter
   * @return empty to remove it; what stands to leave it
   * @throws RuntimeException to leave it; {@link DefinitionStore#change} throws it on
   */
  Optional<EmitterDefinition> apply(Optional<EmitterDefinition> standing);
}
