package io.millrace.gateway.control;

import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.InvalidDefinitionException;
import java.nio.charset.StandardCharsets;

/** Definitions for tests. */
final class Definitions {

  private Definitions() {}

  static EmitterDefinition file(String id) {
    return read(id, "{'type':'File','parameters':{'path':'/logs/" + id + ".log'}}");
  }

  static EmitterDefinition webhook(String id, String url) {
    return read(id, "{'type':'Webhook','parameters':{'url':'" + url + "'}}");
  }

  static EmitterDefinition ownedFile(String id, String owner) {
    return read(
        id, "{'type':'File','owner':'" + owner + "','parameters':{'path':'/logs/user.log'}}");
  }

  private static EmitterDefinition read(String id, String json) {
    try {
      return DefinitionJson.read(id, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    } catch (InvalidDefinitionException e) {
      throw new AssertionError(e);
    }
  }
}
