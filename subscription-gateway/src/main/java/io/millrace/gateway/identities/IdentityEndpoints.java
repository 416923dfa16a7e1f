package io.millrace.gateway.identities;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.publicapi.BlockingWork;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Envelope;
import io.millrace.gateway.publicapi.PublicApi;
import io.millrace.gateway.publicapi.Route;
import io.millrace.model.identity.store.StoredIdentity;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** {@code /identities}: create, replace, list, read without secrets, delete. */
final class IdentityEndpoints {

  static final String PATH = "/identities";
  static final String ONE = PATH + "/{id}";

  private static final int MOST_BYTES = 65_536;

  private final IdentityBook book;
  private final BlockingWork work;
  private final Supplier<String> ids;

  /**
   * Over the identities.
   *
   * @param ids new ids, each unlike all others
   */
  IdentityEndpoints(IdentityBook book, BlockingWork work, Supplier<String> ids) {
    this.book = book;
    this.work = work;
    this.ids = ids;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", PATH, this::list),
        new Route("POST", PATH, call -> save(call, ids.get())),
        new Route("GET", ONE, this::read),
        new Route("PUT", ONE, call -> save(call, call.path("id"))),
        new Route("DELETE", ONE, this::delete));
  }

  private CompletionStage<Reply> list(Call call) {
    return work.run(
        () -> {
          ArrayNode list = JsonNodeFactory.instance.arrayNode();
          book.all(call.principal()).forEach(each -> list.add(node(each, call.principal())));
          return Envelope.data(200, list);
        });
  }

  private CompletionStage<Reply> read(Call call) {
    return work.run(
        () ->
            Envelope.data(
                200, node(book.get(call.path("id"), call.principal()), call.principal())));
  }

  private CompletionStage<Reply> save(Call call, String id) {
    return call.body()
        .thenApply(IdentityEndpoints::json)
        .thenCompose(body -> work.run(() -> save(body, id, call.principal())));
  }

  private Reply save(JsonNode body, String id, Principal principal) {
    IdentityBook.Saved saved =
        book.save(
            id,
            principal,
            standing -> {
              String owner = IdentityRequest.ownerOf(standing, principal);
              return IdentityRequest.read(body, id, owner).stored(id, owner);
            });
    ObjectNode node = node(saved.identity(), principal);
    return saved.created()
        ? Envelope.data(201, node).with("Location", PublicApi.ROOT + PATH + "/" + id)
        : Envelope.data(200, node);
  }

  private CompletionStage<Reply> delete(Call call) {
    return work.run(
        () -> {
          book.remove(call.path("id"), call.principal());
          return Reply.empty(204);
        });
  }

  private ObjectNode node(StoredIdentity identity, Principal principal) {
    return IdentityNode.of(
        identity,
        book.users(identity.id()).stream()
            .filter(each -> principal.admin() || principal.name().equals(each.owner()))
            .toList());
  }

  private static JsonNode json(byte[] body) {
    if (body.length > MOST_BYTES) {
      throw HttpProblem.of(
          Trouble.TOO_LARGE, "body", "must not have more than " + MOST_BYTES + " bytes");
    }
    return RequestJson.parseStrictly(body);
  }
}
