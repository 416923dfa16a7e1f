package io.millrace.gateway.acronis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Envelope;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.subscription.Subscriptions;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code /publicapi/acronis/subscriptions}: what Acronis's API has no path for. Millrace's own. */
public final class OwnSubscriptions {

  private static final String PATH = "/acronis/subscriptions";

  private final Subscriptions subscriptions;
  private final AcronisAccess access;
  private final AcronisSubscriptions own;

  public OwnSubscriptions(Subscriptions subscriptions, AcronisAccess access) {
    this.subscriptions = subscriptions;
    this.access = access;
    this.own = new AcronisSubscriptions(subscriptions, access);
  }

  public List<Route> routes() {
    return List.of(
        new Route("GET", PATH, this::list),
        new Route("GET", PATH + "/{id}", this::one),
        new Route("DELETE", PATH + "/{id}", this::remove));
  }

  private CompletionStage<Reply> list(Call call) {
    return AcronisSubscriptions.told(
            subscriptions.list(each -> each.dialect().equals(AcronisSubscription.DIALECT)))
        .thenApply(
            found -> {
              ArrayNode all = JsonNodeFactory.instance.arrayNode();
              found.forEach(
                  (id, definition) -> {
                    AcronisSubscription each = AcronisSubscription.of(id, definition);
                    if (access.reaches(call.principal(), each.tenantId())) {
                      all.add(node(each, definition));
                    }
                  });
              return Envelope.data(200, all);
            });
  }

  private CompletionStage<Reply> one(Call call) {
    return own.find(call.principal(), call.path("id"))
        .thenCompose(
            found ->
                AcronisSubscriptions.told(
                    subscriptions
                        .definition(found.id())
                        .thenCombine(
                            subscriptions.position(found.id()),
                            (definition, offset) ->
                                Envelope.data(
                                    200,
                                    node(found, definition.orElseThrow()).put("offset", offset)))));
  }

  private CompletionStage<Reply> remove(Call call) {
    return own.find(call.principal(), call.path("id"))
        .thenCompose(found -> AcronisSubscriptions.told(subscriptions.unsubscribe(found.id())))
        .thenApply(removed -> Reply.empty(204));
  }

  private static ObjectNode node(
      AcronisSubscription subscription, SubscriptionDefinition definition) {
    return subscription.node().put("owner", definition.owner());
  }
}
