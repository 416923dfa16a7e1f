package io.millrace.gateway.mmm;

import graphql.schema.DataFetchingEnvironment;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.graphql.SchemaEngine;
import io.millrace.gateway.subscription.SubscriptionStatus;
import io.millrace.gateway.subscription.Subscriptions;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Resolves what is asked of a subscription by its id, over whichever connection: its owner may, and
 * admins.
 */
final class SubscriptionCalls {

  private final Subscriptions subscriptions;

  SubscriptionCalls(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  CompletionStage<Boolean> acknowledge(DataFetchingEnvironment field) {
    String id = id(field);
    Long last = field.getArgument("lastEventId");
    if (last == null || last < 0) {
      throw Refusals.badInput("lastEventId must not be negative.");
    }
    return Refusals.told(
        known(id, SchemaEngine.caller(field))
            .thenCompose(
                known -> {
                  if (!known) {
                    throw Refusals.unknown(id);
                  }
                  return subscriptions.acknowledge(id, last);
                })
            .thenApply(nothing -> true));
  }

  /** Whether there was such a subscription. */
  CompletionStage<Boolean> unsubscribe(DataFetchingEnvironment field) {
    String id = id(field);
    return Refusals.told(
        known(id, SchemaEngine.caller(field))
            .thenCompose(
                known ->
                    known
                        ? subscriptions.unsubscribe(id)
                        : CompletableFuture.completedFuture(false)));
  }

  CompletionStage<Status> status(DataFetchingEnvironment field) {
    String id = id(field);
    Principal caller = SchemaEngine.caller(field);
    return Refusals.told(
        subscriptions
            .status(id, caller.viewer())
            .thenApply(
                status ->
                    status
                        .filter(found -> isKnown(id, found.definition(), caller))
                        .map(found -> Status.of(id, found))
                        .orElseGet(() -> new Status(id, 0, State.NOT_FOUND))));
  }

  private CompletionStage<Boolean> known(String id, Principal caller) {
    return subscriptions
        .definition(id)
        .thenApply(
            (Optional<SubscriptionDefinition> found) ->
                found.filter(definition -> isKnown(id, definition, caller)).isPresent());
  }

  // Subscriptions of other dialects have ids too, and are nothing to this one.
  private boolean isKnown(String id, SubscriptionDefinition definition, Principal caller) {
    if (!definition.dialect().equals(Wanted.DIALECT)) {
      return false;
    }
    if (!caller.admin() && !definition.owner().equals(caller.name())) {
      throw Refusals.somebodyElses(id);
    }
    return true;
  }

  private static String id(DataFetchingEnvironment field) {
    String id = field.getArgument("subscriptionId");
    return String.valueOf(id);
  }

  /** How a subscription is, as clients see it. */
  record Status(String subscriptionId, long undeliveredEventCount, State status) {

    static Status of(String id, SubscriptionStatus status) {
      return new Status(
          id, status.undelivered(), status.connected() ? State.ACTIVE : State.INACTIVE);
    }
  }

  /** Whether somebody is connected to a subscription. */
  enum State {
    ACTIVE,
    INACTIVE,
    NOT_FOUND
  }
}
