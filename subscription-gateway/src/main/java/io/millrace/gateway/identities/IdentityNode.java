package io.millrace.gateway.identities;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.identity.store.StoredIdentity;
import java.util.Collection;
import org.apache.kafka.common.config.types.Password;

/** An identity as it is told: of secrets only which are set. */
final class IdentityNode {

  private IdentityNode() {}

  /**
   * The identity's JSON without secrets.
   *
   * @param users emitters that use it, as far as they may be told
   */
  static ObjectNode of(StoredIdentity stored, Collection<EmitterDefinition> users) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", stored.id());
    if (stored.owner() != null) {
      node.put("owner", stored.owner());
    }
    node.put("shared", stored.shared());
    ArrayNode secrets = JsonNodeFactory.instance.arrayNode();
    stored
        .identity()
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof Password) {
                secrets.add(name);
              } else {
                node.put(name, value.toString());
              }
            });
    node.set("secretsSet", secrets);
    if (!stored.identity().signingSecrets().isEmpty()) {
      node.put("signingSecretsCount", stored.identity().signingSecrets().size());
    }
    ArrayNode usedBy = node.putArray("usedBy");
    users.forEach(each -> usedBy.add(each.id()));
    return node;
  }
}
