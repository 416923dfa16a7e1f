package io.millrace.gateway.identities;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.publicapi.BlockingWork;
import io.millrace.gateway.publicapi.emitters.RegistrationCheck;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.Problem;
import io.millrace.model.identity.store.StoredIdentity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Users may have emitters that use their own identities and shared ones; admins may name any. For a
 * user, what may not be used is told like what is not there.
 */
final class IdentityCheck implements RegistrationCheck {

  private final Optional<IdentityBook> book;
  private final BlockingWork work;

  /**
   * Over the identities.
   *
   * @param book empty if somebody else keeps them, so that admins must know what they name
   */
  IdentityCheck(Optional<IdentityBook> book, BlockingWork work) {
    this.book = book;
    this.work = work;
  }

  @Override
  public CompletionStage<List<Problem>> check(EmitterDefinition definition, Principal by) {
    String ref = definition.identityRef();
    if (ref == null || (book.isEmpty() && by.admin())) {
      return CompletableFuture.completedStage(List.of());
    }
    return book.isEmpty()
        ? CompletableFuture.completedStage(refused(ref))
        : work.run(() -> check(book.get(), ref, definition, by));
  }

  private static List<Problem> check(
      IdentityBook book, String ref, EmitterDefinition definition, Principal by) {
    StoredIdentity identity = book.find(ref);
    boolean allowed =
        identity != null && (by.admin() || IdentityAccess.mayUse(definition.owner(), identity));
    return allowed ? List.of() : refused(ref);
  }

  private static List<Problem> refused(String ref) {
    return List.of(new Problem("identityRef", "is no identity that you may use: " + ref));
  }
}
