package io.millrace.model.identity;

import java.util.concurrent.CompletionStage;

/** Finds what an {@code identityRef} names. Safe for use by several threads. */
@FunctionalInterface
public interface Identities {

  /**
   * Never blocks. To be asked for every attempt: the answer is at hand once the identity was read,
   * and follows changes of it within seconds.
   *
   * @return fails with an {@link UnresolvedIdentityException} (perhaps inside a {@link
   *     java.util.concurrent.CompletionException}), after which an attempt is to be made again
   */
  CompletionStage<Identity> find(String ref);
}
