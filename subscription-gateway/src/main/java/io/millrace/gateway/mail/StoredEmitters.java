package io.millrace.gateway.mail;

import io.millrace.gateway.control.DefinitionStore;
import io.millrace.model.emitter.EmitterDefinition;
import java.time.Duration;
import java.util.Optional;

/** Those that the control loop follows anyway. */
record StoredEmitters(DefinitionStore definitions) implements KnownEmitters {

  @Override
  public boolean awaitRead(Duration timeout) throws InterruptedException {
    return definitions.awaitRead(timeout);
  }

  @Override
  public Optional<EmitterDefinition> get(String emitterId) {
    return definitions.get(emitterId);
  }
}
