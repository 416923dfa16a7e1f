package io.millrace.model.emitter;

import io.millrace.model.event.ResourceName;
import org.jspecify.annotations.Nullable;

/**
 * An emitter as its definition wants it. Source: Trisotech DES, emitter definitions.
 *
 * @param id letters, digits, dashes and underscores; see {@link ResourceName}
 * @param owner the user who defined it; absent for a system emitter
 * @param parameters what its type asks for
 */
public record EmitterDefinition(
    String id, EventFilter filter, @Nullable String owner, EmitterParameters parameters) {

  public EmitterDefinition {
    if (!ResourceName.isValid(id)) {
      throw new IllegalArgumentException("not an emitter id: " + id);
    }
  }

  public EmitterType type() {
    return parameters.type();
  }
}
