package io.millrace.gateway.foundry.socket;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.foundry.kept.ClientId;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.event.ResourceName;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Who a client has said and proved to be: at the handshake, or by what stands in a message. It may
 * show a newer token of the same user, and name itself once. Safe for use by several threads.
 */
final class Identification {

  static final String CLIENT_RULE = "must have " + ResourceName.RULE;

  private final FoundrySockets home;
  private @Nullable ShownToken token;
  private @Nullable Principal user;
  private @Nullable String uuid;

  Identification(
      FoundrySockets home,
      @Nullable ShownToken token,
      @Nullable Principal user,
      @Nullable String uuid) {
    this.home = home;
    this.token = token;
    this.user = user;
    this.uuid = uuid;
  }

  static boolean validClient(String uuid) {
    return ClientId.isValid(uuid);
  }

  synchronized Optional<Principal> user() {
    return Optional.ofNullable(user);
  }

  /** The client, if it has named itself and proved who its user is. */
  synchronized Optional<ClientId> client() {
    return user == null || uuid == null
        ? Optional.empty()
        : Optional.of(new ClientId(user.name(), uuid));
  }

  /**
   * Takes in what a message says.
   *
   * @return the user; fails with {@link HttpProblem} if it is not proved who that is, or if the
   *     message is of another one
   */
  CompletionStage<Principal> hear(Request request, Executor executor) {
    String shown = request.token();
    if (shown == null) {
      return user()
          .map(known -> named(request.clientUuid()).thenApply(nothing -> known))
          .orElseGet(
              () ->
                  CompletableFuture.failedFuture(
                      HttpProblem.of(
                          Trouble.UNAUTHENTICATED, "X-VoltMX-Authorization", "is missing")));
    }
    ShownToken fresh = ShownToken.inMessage(shown);
    return fresh
        .check(home.authenticator(), executor)
        .thenCompose(
            proved -> accept(fresh, proved).thenCompose(nothing -> named(request.clientUuid())))
        .thenApply(nothing -> user().orElseThrow());
  }

  /** Checks the credentials again; they may have expired, and roles may have changed. */
  CompletionStage<Principal> recheck(Executor executor) {
    ShownToken known;
    synchronized (this) {
      known = token;
    }
    return known == null
        ? CompletableFuture.failedFuture(
            HttpProblem.of(Trouble.UNAUTHENTICATED, "X-VoltMX-Authorization", "is missing"))
        : known
            .check(home.authenticator(), executor)
            .thenCompose(proved -> accept(known, proved).thenApply(nothing -> proved));
  }

  private synchronized CompletionStage<Void> accept(ShownToken shown, Principal proved) {
    if (user != null && !user.name().equals(proved.name())) {
      return CompletableFuture.failedFuture(
          HttpProblem.of(
              Trouble.UNAUTHENTICATED, shown.field(), "is of another user than the connection"));
    }
    token = shown;
    user = proved;
    return CompletableFuture.completedFuture(null);
  }

  private synchronized CompletionStage<Void> named(@Nullable String name) {
    if (name == null || name.equals(uuid)) {
      return CompletableFuture.completedFuture(null);
    }
    if (!validClient(name)) {
      return CompletableFuture.failedFuture(
          HttpProblem.of(Trouble.MALFORMED, "clientUUID", CLIENT_RULE));
    }
    if (uuid != null) {
      return CompletableFuture.failedFuture(
          HttpProblem.of(Trouble.MALFORMED, "clientUUID", "is another than the connection's"));
    }
    uuid = name;
    return CompletableFuture.completedFuture(null);
  }

  /** The credentials are forgotten. */
  synchronized void forget() {
    token = null;
  }
}
