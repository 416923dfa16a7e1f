package io.millrace.gateway.publicapi.emitters;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.control.DefinitionStore;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.publicapi.BlockingWork;
import io.millrace.model.emitter.EmitterDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The emitters that somebody may see: owners their own, admins all. Others do not exist for them.
 */
final class Emitters {

  private final DefinitionStore store;
  private final BlockingWork work;

  Emitters(DefinitionStore store, BlockingWork work) {
    this.store = store;
    this.work = work;
  }

  /** By id. */
  List<EmitterDefinition> all(Principal principal) {
    requireRead();
    return store.all().stream()
        .filter(each -> sees(principal, each))
        .sorted(Comparator.comparing(EmitterDefinition::id))
        .toList();
  }

  /**
   * One of them.
   *
   * @throws HttpProblem if there is none of that id
   */
  EmitterDefinition get(String id, Principal principal) {
    requireRead();
    return visible(store.get(id), id, principal);
  }

  /** How many one user has. */
  int owned(String owner) {
    requireRead();
    return (int) store.all().stream().filter(each -> owner.equals(each.owner())).count();
  }

  /** Adds one with a new id. */
  CompletionStage<EmitterDefinition> create(EmitterDefinition definition) {
    return work.run(
        () -> {
          Optional<EmitterDefinition> unused =
              store.change(definition.id(), standing -> Optional.of(definition));
          return definition;
        });
  }

  /** Changes one of those that are seen. */
  CompletionStage<EmitterDefinition> change(
      String id, Principal principal, UnaryOperator<EmitterDefinition> change) {
    return work.run(
        () ->
            store
                .change(id, standing -> Optional.of(change.apply(visible(standing, id, principal))))
                .orElseThrow());
  }

  /** Removes one of those that are seen, unless it belongs to the folder of system emitters. */
  CompletionStage<@Nullable Void> remove(String id, Principal principal) {
    return work.run(
        () -> {
          Optional<EmitterDefinition> unused =
              store.change(
                  id,
                  standing -> {
                    requireOwned(visible(standing, id, principal));
                    return Optional.empty();
                  });
          return null;
        });
  }

  /**
   * The owner of a definition that may be changed over REST.
   *
   * @throws HttpProblem if it is a system emitter's
   */
  static String requireOwned(EmitterDefinition definition) {
    String owner = definition.owner();
    if (owner == null) {
      throw HttpProblem.of(
          Trouble.FORBIDDEN,
          "id",
          "is a system emitter's: its file in the system-emitters folder defines it");
    }
    return owner;
  }

  private static EmitterDefinition visible(
      Optional<EmitterDefinition> definition, String id, Principal principal) {
    return definition
        .filter(each -> sees(principal, each))
        .orElseThrow(
            () -> HttpProblem.of(Trouble.NOT_FOUND, "id", "is that of no emitter of yours: " + id));
  }

  private static boolean sees(Principal principal, EmitterDefinition definition) {
    return principal.admin() || principal.name().equals(definition.owner());
  }

  private void requireRead() {
    try {
      if (store.isRead()) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw HttpProblem.of(
            Trouble.UNAVAILABLE, "request", "came before all definitions were read from Kafka")
        .with("Retry-After", "1");
  }
}
