package io.millrace.gateway.identities;

import io.millrace.gateway.control.DefinitionStore;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.EmitterDefinition;
import java.util.Comparator;
import java.util.List;

/** Which emitters use an identity. */
final class IdentityUses {

  private final DefinitionStore definitions;

  IdentityUses(DefinitionStore definitions) {
    this.definitions = definitions;
  }

  /**
   * Those that use it, by id.
   *
   * @throws HttpProblem while the definitions were not read
   */
  List<EmitterDefinition> of(String identity) throws InterruptedException {
    if (!definitions.isRead()) {
      throw HttpProblem.of(
              Trouble.UNAVAILABLE, "request", "came before all definitions were read from Kafka")
          .with("Retry-After", "1");
    }
    return definitions.all().stream()
        .filter(each -> identity.equals(each.identityRef()))
        .sorted(Comparator.comparing(EmitterDefinition::id))
        .toList();
  }
}
