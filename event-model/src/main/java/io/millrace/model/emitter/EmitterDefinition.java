package io.millrace.model.emitter;

import io.millrace.model.kafka.MillraceTopics;
import org.jspecify.annotations.Nullable;

/**
 * An emitter as its definition wants it. Source: Trisotech DES, emitter definitions.
 *
 * @param id letters, digits, dashes and underscores; see {@link MillraceTopics#isName}
 * @param owner the user who defined it; absent for a system emitter
 * @param parameters what its type asks for
 */
public record EmitterDefinition(
    String id, EventFilter filter, @Nullable String owner, EmitterParameters parameters) {

  public EmitterDefinition {
    if (!MillraceTopics.isName(id)) {
      throw new IllegalArgumentException("not an emitter id: " + id);
    }
  }

  public EmitterType type() {
    return parameters.type();
  }
}
