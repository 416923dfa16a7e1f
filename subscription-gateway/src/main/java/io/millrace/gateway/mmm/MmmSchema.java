package io.millrace.gateway.mmm;

import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;
import io.millrace.gateway.graphql.SchemaFile;
import io.millrace.gateway.graphql.scalar.DateTime;
import io.millrace.gateway.graphql.scalar.Gid;
import io.millrace.gateway.graphql.scalar.LongNumber;
import io.millrace.gateway.security.Viewers;
import io.millrace.gateway.subscription.Subscriptions;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The schema of MMM's Events API, with what resolves it. */
final class MmmSchema {

  private MmmSchema() {}

  /** Over subscriptions, which whoever opened them closes. */
  static GraphQLSchema of(Subscriptions subscriptions, Viewers viewers, MmmConfig config) {
    return of(
        new ExternalEvents(subscriptions, viewers, config),
        new SubscriptionCalls(subscriptions),
        config);
  }

  static GraphQLSchema of(DataFetcher<?> events, SubscriptionCalls calls, MmmConfig config) {
    RuntimeWiring wiring =
        RuntimeWiring.newRuntimeWiring()
            .scalar(Gid.SCALAR)
            .scalar(LongNumber.SCALAR)
            .scalar(DateTime.SCALAR)
            .type("Subscription", type -> type.dataFetcher("_externalEvents", events))
            .type(
                "Mutation",
                type ->
                    type.dataFetcher("_acknowledgeExternalEvents", calls::acknowledge)
                        .dataFetcher("_unsubscribeExternalEvents", calls::unsubscribe))
            .type(
                "Query",
                type -> type.dataFetcher("_externalEventsSubscriptionStatus", calls::status))
            .type(Types.RESULT, MmmSchema::result)
            .type(Types.EVENT, MmmSchema::event)
            .build();
    return SchemaFile.load(MmmSchema.class, "mmm.graphqls", limits(config), wiring);
  }

  private static Map<String, String> limits(MmmConfig config) {
    return Map.of(
        "chunkSize", "" + config.chunkSize().standard(),
        "chunkSize.max", "" + config.chunkSize().highest(),
        "chunkMaxDelay", "" + config.chunkMaxDelay().standard(),
        "chunkMaxDelay.max", "" + config.chunkMaxDelay().highest(),
        "ackLimit", "" + config.ackLimit().standard(),
        "ackLimit.max", "" + config.ackLimit().highest());
  }

  private static TypeRuntimeWiring.Builder result(TypeRuntimeWiring.Builder type) {
    return type.dataFetcher(
        Types.EVENTS,
        field -> {
          Chunk chunk = Objects.requireNonNull(field.getSource());
          return chunk.events().stream().map(NumberedEvent::of).filter(Objects::nonNull).toList();
        });
  }

  private static TypeRuntimeWiring.Builder event(TypeRuntimeWiring.Builder type) {
    return type.dataFetcher(Types.ID, of(NumberedEvent::id))
        .dataFetcher(Types.TIMESTAMP, of(numbered -> numbered.event().timestamp()))
        .dataFetcher(Types.ENTITY_ID, of(numbered -> numbered.event().entityId()))
        .dataFetcher(Types.ENTITY_TYPE, of(numbered -> numbered.event().entityType()))
        .dataFetcher(Types.PARENT_ID, field -> source(field).event().parentId())
        .dataFetcher(Types.ENTITY_STATUS, of(numbered -> numbered.event().entityStatus()));
  }

  private static DataFetcher<Object> of(Function<NumberedEvent, Object> reader) {
    return field -> reader.apply(source(field));
  }

  private static NumberedEvent source(DataFetchingEnvironment field) {
    return Objects.requireNonNull(field.getSource());
  }
}
