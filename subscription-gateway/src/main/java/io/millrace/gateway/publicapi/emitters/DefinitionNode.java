package io.millrace.gateway.publicapi.emitters;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A definition as it is told: what was defined, its activation in short, and its status. */
final class DefinitionNode {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Statuses statuses;

  DefinitionNode(Statuses statuses) {
    this.statuses = statuses;
  }

  ObjectNode of(EmitterDefinition definition) {
    try {
      ObjectNode node = (ObjectNode) JSON.readTree(DefinitionJson.write(definition));
      node.remove("activation");
      node.set("status", StatusNode.of(definition.activation(), statuses.of(definition.id())));
      return node;
    } catch (IOException e) {
      throw new UncheckedIOException("a definition cannot be read back", e);
    }
  }
}
