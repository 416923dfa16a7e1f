package io.millrace.gateway.identities;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import io.millrace.model.event.ResourceName;
import io.millrace.model.identity.Identity;
import io.millrace.model.identity.IdentityJson;
import io.millrace.model.identity.InvalidIdentityException;
import io.millrace.model.identity.store.StoredIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants an identity to be: its JSON with {@code shared} beside it.
 *
 * @param identity with all secrets: what is left out is gone
 */
record IdentityRequest(boolean shared, Identity identity) {

  private static final String SHARED = "shared";

  /**
   * Reads a body.
   *
   * @param id of the identity; the body may repeat it
   * @param owner whose it is; the body may repeat it
   * @throws HttpProblem with everything that is wrong, without secrets
   */
  static IdentityRequest read(JsonNode body, String id, @Nullable String owner) {
    if (!(body instanceof ObjectNode object)) {
      throw HttpProblem.of(Trouble.MALFORMED, "identity", "must be a JSON object");
    }
    ObjectNode rest = object.deepCopy();
    List<Problem> problems = new ArrayList<>();
    if (!ResourceName.isValid(id)) {
      problems.add(new Problem("id", "must be " + ResourceName.RULE));
    }
    same(rest.remove("id"), "id", id, problems);
    same(rest.remove("owner"), "owner", owner, problems);
    boolean shared = shared(rest.remove(SHARED), problems);
    Optional<Identity> identity = Optional.empty();
    try {
      identity = Optional.of(IdentityJson.read(rest));
    } catch (InvalidIdentityException e) {
      problems.addAll(e.problems());
    }
    if (!problems.isEmpty() || identity.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, problems);
    }
    return new IdentityRequest(shared, identity.get());
  }

  StoredIdentity stored(String id, @Nullable String owner) {
    return new StoredIdentity(id, owner, shared, identity);
  }

  /** Whoever asks owns what is new. */
  static String ownerOf(@Nullable StoredIdentity standing, Principal by) {
    return standing == null || standing.owner() == null ? by.name() : standing.owner();
  }

  private static boolean shared(@Nullable JsonNode node, List<Problem> problems) {
    if (node == null || node.isNull()) {
      return false;
    }
    if (!node.isBoolean()) {
      problems.add(new Problem(SHARED, "must be true or false"));
    }
    return node.asBoolean();
  }

  private static void same(
      @Nullable JsonNode node, String field, @Nullable String wanted, List<Problem> problems) {
    if (node != null && !node.isNull() && !node.asText().equals(wanted)) {
      problems.add(new Problem(field, "must be " + wanted + " or be left out"));
    }
  }
}
