package io.millrace.gateway.mail;

import io.millrace.model.emitter.EmitterDefinition;
import java.time.Duration;
import java.util.Optional;

/** The emitters that are defined now, for the sake of their owners. Safe for several threads. */
interface KnownEmitters {

  /** Waits for what stood in the log at the start; false if it is not read in time. */
  boolean awaitRead(Duration timeout) throws InterruptedException;

  /** Empty if there is none of that id, or it cannot be understood. */
  Optional<EmitterDefinition> get(String emitterId);
}
