package io.millrace.gateway.mmm;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.graphql.SchemaEngine;
import io.millrace.gateway.security.Viewers;
import io.millrace.gateway.subscription.Subscriptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Resolves {@code _externalEvents}: connects the client to its subscription. */
final class ExternalEvents implements DataFetcher<CompletionStage<EventFeed>> {

  // Long enough for an answer on its way to whoever asked.
  private static final long PATIENCE_SECONDS = 30;

  private final Subscriptions subscriptions;
  private final Viewers viewers;
  private final MmmConfig config;
  private final Projections projections = new Projections();

  ExternalEvents(Subscriptions subscriptions, Viewers viewers, MmmConfig config) {
    this.subscriptions = subscriptions;
    this.viewers = viewers;
    this.config = config;
  }

  @Override
  public CompletionStage<EventFeed> get(DataFetchingEnvironment field) {
    Principal caller = SchemaEngine.caller(field);
    Wanted wanted = Wanted.of(field, config, caller.name());
    EventFeed feed = new EventFeed(wanted.id(), projections.of(Selection.of(field)));
    return Refusals.told(
        subscriptions
            .open(
                wanted.id(),
                wanted.definition(),
                wanted.lastEventId(),
                wanted.pace(),
                feed,
                viewers.of(caller))
            .thenApply(session -> begun(feed.with(session))));
  }

  private static EventFeed begun(EventFeed feed) {
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(feed::closeUnwanted);
    return feed;
  }
}
