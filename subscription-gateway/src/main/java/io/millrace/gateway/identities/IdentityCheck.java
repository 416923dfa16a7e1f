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
    return usable(book, ref, definition, by).isPresent() ? List.of() : refused(ref);
  }

  /** What is named, if it is there and may be used. */
  static Optional<StoredIdentity> usable(
      IdentityBook book, String ref, EmitterDefinition definition, Principal by) {
    return Optional.ofNullable(book.find(ref))
        .filter(identity -> by.admin() || IdentityAccess.mayUse(definition.owner(), identity));
  }

  private static List<Problem> refused(String ref) {
    return List.of(new Problem("identityRef", "is no identity that you may use: " + ref));
  }
}
