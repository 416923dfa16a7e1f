package io.millrace.emitter.identity;

import io.millrace.model.identity.Identities;
import io.millrace.model.identity.Identity;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What one emitter proves itself with, if with anything. Safe for use by several threads. */
public sealed interface EmitterIdentity {

  /**
   * As it is now; to be asked for every attempt, since secrets change. Never blocks.
   *
   * @return fails as {@link Identities#find} does, after which an attempt is to be made again
   */
  CompletionStage<Optional<Identity>> current();

  /** Always the same. */
  record Fixed(Optional<Identity> identity) implements EmitterIdentity {
    @Override
    public CompletionStage<Optional<Identity>> current() {
      return CompletableFuture.completedStage(identity);
    }
  }

  /** Known by name only. */
  record Named(String ref, Identities identities) implements EmitterIdentity {
    @Override
    public CompletionStage<Optional<Identity>> current() {
      return identities.find(ref).thenApply(Optional::of);
    }
  }
}
