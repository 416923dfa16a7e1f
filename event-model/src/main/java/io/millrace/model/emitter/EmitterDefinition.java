package io.millrace.model.emitter;

import io.millrace.model.event.ResourceName;
import org.jspecify.annotations.Nullable;

/**
 * An emitter as its definition wants it. Source: Trisotech DES, emitter definitions.
 *
 * @param id letters, digits, dashes and underscores; see {@link ResourceName}
 * @param owner the user who defined it; absent for a system emitter
 * @param identityRef names the identity that it authenticates with; absent for none
 * @param activation whether it shall run, and from where
 * @param parameters what its type asks for
 */
public record EmitterDefinition(
    String id,
    EventFilter filter,
    @Nullable String owner,
    @Nullable String identityRef,
    Activation activation,
    EmitterParameters parameters) {

  public EmitterDefinition {
    if (!ResourceName.isValid(id)) {
      throw new IllegalArgumentException("not an emitter id: " + id);
    }
    // Its JSON has no place for one: an emitter without it would get what it must not.
    if (!filter.selector().equals(Selector.EVERYTHING)) {
      throw new IllegalArgumentException("an emitter's filter has no selector");
    }
  }

  /** A new one without an identity. */
  public EmitterDefinition(
      String id, EventFilter filter, @Nullable String owner, EmitterParameters parameters) {
    this(id, filter, owner, null, Activation.INITIAL, parameters);
  }

  public EmitterType type() {
    return parameters.type();
  }

  /** The same, activated otherwise. */
  public EmitterDefinition with(Activation changed) {
    return new EmitterDefinition(id, filter, owner, identityRef, changed, parameters);
  }
}
