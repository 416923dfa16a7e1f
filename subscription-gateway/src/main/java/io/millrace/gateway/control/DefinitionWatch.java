package io.millrace.gateway.control;

import io.millrace.model.emitter.EmitterDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stood of one emitter when the watch began, and all that was told of it since. Filled by the
 * {@link DefinitionView}.
 */
final class DefinitionWatch {

  private final Optional<EmitterDefinition> first;
  private final List<Optional<EmitterDefinition>> since = new ArrayList<>();

  DefinitionWatch(Optional<EmitterDefinition> first) {
    this.first = first;
  }

  Optional<EmitterDefinition> first() {
    return first;
  }

  synchronized void told(Optional<EmitterDefinition> definition) {
    since.add(definition);
  }

  /** What was told between the beginning and one's own write, and so was lost by it; or empty. */
  synchronized Optional<Optional<EmitterDefinition>> lostBy(Optional<EmitterDefinition> written) {
    int own = since.indexOf(written);
    return own > 0 ? Optional.of(since.get(own - 1)) : Optional.empty();
  }
}
