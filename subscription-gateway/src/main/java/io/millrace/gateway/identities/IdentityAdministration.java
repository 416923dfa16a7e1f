package io.millrace.gateway.identities;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.control.DefinitionStore;
import io.millrace.gateway.publicapi.BlockingWork;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.publicapi.emitters.RegistrationCheck;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.identity.Identity;
import io.millrace.model.identity.store.IdentityStore;
import io.millrace.model.identity.store.StoreKey;
import io.millrace.model.identity.store.StoredIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Everything below {@code /publicapi/identities}, and who may use what is there. */
public final class IdentityAdministration implements AutoCloseable {

  private static final int THREADS = 2;
  private static final int WAITING = 200;

  private final BlockingWork work = new BlockingWork("millrace-identities-rest", THREADS, WAITING);
  private final Optional<IdentityBook> book;

  private IdentityAdministration(Optional<IdentityBook> book) {
    this.book = book;
  }

  /**
   * Opens the file of identities, if there is one.
   *
   * @param environment may hold the key
   * @throws IOException with a message for a person if the file, or its key, cannot be used
   */
  public static IdentityAdministration open(
      IdentitiesConfig config, Map<String, String> environment, DefinitionStore definitions)
      throws IOException {
    Optional<Path> file = config.file();
    if (file.isEmpty()) {
      return new IdentityAdministration(Optional.empty());
    }
    StoreKey key = StoreKey.find(environment, config.keyFile().orElse(null));
    IdentityStore store = new IdentityStore(file.get(), key);
    int unused = store.read().size();
    return new IdentityAdministration(
        Optional.of(new IdentityBook(store, new IdentityUses(definitions), config.mostPerUser())));
  }

  /** None without a file. */
  public List<Route> routes() {
    return book.map(
            identities ->
                new IdentityEndpoints(identities, work, () -> UUID.randomUUID().toString())
                    .routes())
        .orElse(List.of());
  }

  /** Refuses definitions whose owner may not use the identity that they name. */
  public RegistrationCheck check() {
    return new IdentityCheck(book, work);
  }

  /** The identity that a definition names, if its owner may use it. */
  public CompletionStage<Optional<Identity>> usable(EmitterDefinition definition, Principal by) {
    String ref = definition.identityRef();
    if (ref == null || book.isEmpty()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return work.run(
        () -> IdentityCheck.usable(book.get(), ref, definition, by).map(StoredIdentity::identity));
  }

  @Override
  public void close() {
    work.close();
  }
}
