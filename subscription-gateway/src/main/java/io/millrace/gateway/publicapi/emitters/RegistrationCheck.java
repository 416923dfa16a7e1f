package io.millrace.gateway.publicapi.emitters;

import io.millrace.gateway.auth.Principal;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.Problem;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Looks at a definition of one type, or of any, before it is accepted: whether its endpoint may be
 * called, or is there. Called on any thread, which it must not hold; it is given up after a while.
 * One that fails, or is given up, refuses the definition.
 */
@FunctionalInterface
public interface RegistrationCheck {

  /**
   * Looks.
   *
   * @param by who defines it
   * @return what is wrong, with fields such as {@code parameters.url}; empty if nothing is, or the
   *     definition is none of this check's business
   */
  CompletionStage<List<Problem>> check(EmitterDefinition definition, Principal by);
}
