package io.millrace.gateway.identities;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.identity.store.IdentityStore;
import io.millrace.model.identity.store.StoredIdentity;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The identities that somebody may see and change; for threads that may wait. */
final class IdentityBook {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityBook.class);

  private final IdentityStore store;
  private final IdentityUses uses;
  private final int mostPerUser;

  IdentityBook(IdentityStore store, IdentityUses uses, int mostPerUser) {
    this.store = store;
    this.uses = uses;
    this.mostPerUser = mostPerUser;
  }

  /** By id. */
  List<StoredIdentity> all(Principal principal) {
    try {
      return store.read().values().stream()
          .filter(each -> IdentityAccess.owns(principal, each))
          .sorted(Comparator.comparing(StoredIdentity::id))
          .toList();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * One of them.
   *
   * @throws HttpProblem if there is none of that id
   */
  StoredIdentity get(String id, Principal principal) {
    StoredIdentity identity = find(id);
    return IdentityAccess.owned(identity, id, principal);
  }

  /** Whatever has that id. */
  @Nullable StoredIdentity find(String id) {
    try {
      return store.read().get(id);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Creates or replaces one.
   *
   * @param change is given what stands there, and says what shall; it may throw {@link HttpProblem}
   * @return what stands there now, and whether it is new
   */
  Saved save(String id, Principal principal, UnaryOperator<@Nullable StoredIdentity> change) {
    Saved[] saved = new Saved[1];
    change(
        identities -> {
          StoredIdentity standing = identities.get(id);
          if (standing != null && !IdentityAccess.owns(principal, standing)) {
            throw HttpProblem.of(Trouble.CONFLICT, "id", "is taken: " + id);
          }
          StoredIdentity wanted = change.apply(standing);
          if (standing == null) {
            refuseTooMany(identities.values(), principal);
          }
          if (standing != null && standing.shared() && !wanted.shared()) {
            refuseWhileOthersUse(wanted);
          }
          identities.put(id, wanted);
          saved[0] = new Saved(wanted, standing == null);
        });
    return saved[0];
  }

  /** What stands there after a change. */
  record Saved(StoredIdentity identity, boolean created) {}

  /**
   * Removes one.
   *
   * @throws HttpProblem if there is none of that id, or an emitter uses it
   */
  void remove(String id, Principal principal) {
    change(
        identities -> {
          StoredIdentity unused = IdentityAccess.owned(identities.get(id), id, principal);
          List<EmitterDefinition> users = users(id);
          if (!users.isEmpty()) {
            throw inUse("is used by", users, principal);
          }
          identities.remove(id);
        });
  }

  /** The emitters that use an identity. */
  List<EmitterDefinition> users(String id) {
    try {
      return uses.of(id);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HttpProblem.of(Trouble.UNAVAILABLE, "request", "came while the gateway stops");
    }
  }

  private void refuseTooMany(Collection<StoredIdentity> identities, Principal principal) {
    long own = identities.stream().filter(each -> principal.name().equals(each.owner())).count();
    if (!principal.admin() && own >= mostPerUser) {
      throw HttpProblem.of(
          Trouble.CONFLICT, "id", "would be one more identity than you may have: " + mostPerUser);
    }
  }

  private void refuseWhileOthersUse(StoredIdentity wanted) {
    List<EmitterDefinition> others =
        users(wanted.id()).stream()
            .filter(each -> each.owner() != null && !IdentityAccess.mayUse(each.owner(), wanted))
            .toList();
    if (!others.isEmpty()) {
      throw HttpProblem.of(
          Trouble.CONFLICT,
          "shared",
          "must stay true while %d emitters of others use it".formatted(others.size()));
    }
  }

  private static HttpProblem inUse(
      String verb, List<EmitterDefinition> users, Principal principal) {
    List<String> own =
        users.stream()
            .filter(each -> principal.admin() || principal.name().equals(each.owner()))
            .map(EmitterDefinition::id)
            .toList();
    String text =
        own.size() == users.size()
            ? "emitters " + String.join(", ", own)
            : "%d emitters, some of them of others".formatted(users.size());
    return HttpProblem.of(Trouble.CONFLICT, "id", verb + " " + text);
  }

  private void change(IdentityStore.Change<HttpProblem> change) {
    try {
      store.change(change);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static HttpProblem unusable(IOException e) {
    LOG.error("Identities cannot be used: {}", e.getMessage());
    return HttpProblem.of(Trouble.UNAVAILABLE, "request", "needs identities, which cannot be used");
  }
}
