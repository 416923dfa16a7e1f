package io.millrace.gateway.acronis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.gateway.catalogue.AcronisTopic;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.publicapi.BodyFields;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.subscription.Subscriptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Making subscriptions, and the offsets that are stored with them. */
final class SubscriptionRoutes {

  private static final String ID = "subscription_id";
  private static final String OFFSET = "offset";

  private final ToldTopics topics;
  private final Subscriptions subscriptions;
  private final AcronisSubscriptions own;
  private final AcronisAccess access;

  SubscriptionRoutes(ToldTopics topics, Subscriptions subscriptions, AcronisAccess access) {
    this.topics = topics;
    this.subscriptions = subscriptions;
    this.own = new AcronisSubscriptions(subscriptions, access);
    this.access = access;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/subscriptions", this::subscribe),
        new Route("GET", "/subscriptions/offset", this::offset),
        new Route("POST", "/subscriptions/offset", this::commit));
  }

  private CompletionStage<Reply> subscribe(Call call) {
    return call.json().thenCompose(body -> subscribe(call, body));
  }

  private CompletionStage<Reply> subscribe(Call call, JsonNode body) {
    Map<String, AcronisTopic> known =
        topics.all(call.principal()).stream()
            .collect(Collectors.toMap(AcronisTopic::id, Function.identity()));
    AcronisSubscription wanted =
        SubscriptionReader.read(body, call.principal(), known::containsKey);
    access.check(call.principal(), wanted.tenantId());
    AcronisTopic topic = Objects.requireNonNull(known.get(wanted.topicId()));
    // Of a topic that keeps nothing only what comes from now on is theirs.
    OptionalLong from = topic.persistency() ? OptionalLong.of(0) : OptionalLong.empty();
    return AcronisSubscriptions.told(
            subscriptions.create(
                wanted.id(), wanted.definition(topic.stream(), call.principal().name()), from))
        .thenApply(nothing -> Reply.json(201, wanted.node()));
  }

  private CompletionStage<Reply> offset(Call call) {
    return own.find(call.principal(), call.query(ID))
        .thenCompose(
            found ->
                AcronisSubscriptions.told(subscriptions.position(found.id()))
                    .thenApply(position -> reply(found.id(), position)));
  }

  private CompletionStage<Reply> commit(Call call) {
    return call.json().thenCompose(body -> commit(call, body));
  }

  private CompletionStage<Reply> commit(Call call, JsonNode body) {
    BodyFields fields = new BodyFields(body, Set.of(ID, OFFSET));
    String id = fields.text(ID);
    JsonNode offset = fields.node(OFFSET);
    if (fields.node(ID).isMissingNode()) {
      fields.problem(ID, "is missing");
    }
    if (!offset.canConvertToLong() || !offset.isIntegralNumber() || offset.longValue() < 0) {
      fields.problem(OFFSET, "must be a whole number of at least 0");
    }
    fields.finish();
    return own.find(call.principal(), id)
        .thenCompose(
            found ->
                AcronisSubscriptions.told(subscriptions.commit(found.id(), offset.longValue()))
                    .thenApply(nothing -> reply(found.id(), offset.longValue())));
  }

  private static Reply reply(String id, long offset) {
    return Reply.json(200, JsonNodeFactory.instance.objectNode().put(ID, id).put(OFFSET, offset));
  }
}
