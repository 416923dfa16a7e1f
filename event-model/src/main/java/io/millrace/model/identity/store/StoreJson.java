package io.millrace.model.identity.store;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.identity.IdentityJson;
import io.millrace.model.identity.InvalidIdentityException;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is in the file, before it is encrypted. */
final class StoreJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private StoreJson() {}

  static byte[] write(Collection<StoredIdentity> identities) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode list = root.putArray("identities");
    for (StoredIdentity stored : identities) {
      ObjectNode node = list.addObject().put("id", stored.id());
      if (stored.owner() != null) {
        node.put("owner", stored.owner());
      }
      node.put("shared", stored.shared());
      node.set("identity", IdentityJson.write(stored.identity()));
    }
    return JSON.writeValueAsBytes(root);
  }

  /**
   * The identities by id.
   *
   * @throws IdentityStoreException whose message completes "The file …"
   */
  static Map<String, StoredIdentity> read(byte[] json) throws IOException {
    Map<String, StoredIdentity> found = new LinkedHashMap<>();
    for (JsonNode node : JSON.readTree(json).path("identities")) {
      String id = node.path("id").asText();
      try {
        found.put(id, read(id, node));
      } catch (InvalidIdentityException | IllegalArgumentException e) {
        throw new IdentityStoreException(
            "holds an identity that this release cannot read: " + id + ": " + e.getMessage(), e);
      }
    }
    return found;
  }

  private static StoredIdentity read(String id, JsonNode node) throws InvalidIdentityException {
    if (!(node.get("identity") instanceof ObjectNode identity)) {
      throw new IllegalArgumentException("identity must be an object");
    }
    return new StoredIdentity(
        id,
        node.hasNonNull("owner") ? node.get("owner").asText() : null,
        node.path("shared").asBoolean(),
        IdentityJson.read(identity));
  }
}
