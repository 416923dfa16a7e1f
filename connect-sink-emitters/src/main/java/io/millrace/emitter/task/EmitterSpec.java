package io.millrace.emitter.task;

import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterParameters;
import org.jspecify.annotations.Nullable;

/**
 * What an emitter is built from, in both modes. Lanes get a new emitter when it changes.
 *
 * @param id the definition's id; in direct mode the connector's name, which may be any text
 * @param owner the user who defined it: what a user says is not trusted; absent for a system
 *     emitter and in direct mode
 * @param identityRef names the identity that it authenticates with; absent for none
 * @param parameters what its type asks for
 */
public record EmitterSpec(
    String id, @Nullable String owner, @Nullable String identityRef, EmitterParameters parameters) {

  /** Of a definition. */
  static EmitterSpec of(EmitterDefinition definition) {
    return new EmitterSpec(
        definition.id(), definition.owner(), definition.identityRef(), definition.parameters());
  }

  /** Direct mode: whoever configures connectors is trusted. */
  static EmitterSpec direct(String id, EmitterParameters parameters) {
    return new EmitterSpec(id, null, null, parameters);
  }
}
