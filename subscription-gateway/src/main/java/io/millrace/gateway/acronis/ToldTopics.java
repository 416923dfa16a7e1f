package io.millrace.gateway.acronis;

import io.millrace.filter.audience.RulesInForce;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.catalogue.AcronisTopic;
import io.millrace.gateway.catalogue.Catalogue;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The topics, as far as somebody is told of them: to others they are none. */
final class ToldTopics {

  private final Supplier<Catalogue> catalogue;
  private final RulesInForce rules;

  ToldTopics(Supplier<Catalogue> catalogue, RulesInForce rules) {
    this.catalogue = catalogue;
    this.rules = rules;
  }

  List<AcronisTopic> all(Principal caller) {
    return catalogue.get().acronis().stream().filter(topic -> told(caller, topic)).toList();
  }

  Optional<AcronisTopic> find(Principal caller, String id) {
    return catalogue.get().acronisTopic(id).filter(topic -> told(caller, topic));
  }

  private boolean told(Principal caller, AcronisTopic topic) {
    return rules.get().tells(caller.viewer(), topic.topic());
  }
}
