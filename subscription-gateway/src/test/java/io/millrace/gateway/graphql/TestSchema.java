package io.millrace.gateway.graphql;

import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import io.millrace.gateway.graphql.scalar.DateTime;
import io.millrace.gateway.graphql.scalar.Gid;
import io.millrace.gateway.graphql.scalar.LongNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;

/** A small schema that can do all that may happen. */
public final class TestSchema {

  /** How often a mutation was carried out. */
  public final AtomicInteger changes = new AtomicInteger();

  /** What subscriptions publish. */
  public final SubmissionPublisher<Object> events = new SubmissionPublisher<>(Runnable::run, 16);

  public static GraphQlConfig config() {
    return new GraphQlConfig(1 << 16, 5_000, 20, 500, Duration.ofSeconds(60), 1 << 18);
  }

  public GraphQLSchema schema() {
    RuntimeWiring wiring =
        RuntimeWiring.newRuntimeWiring()
            .scalar(Gid.SCALAR)
            .scalar(LongNumber.SCALAR)
            .scalar(DateTime.SCALAR)
            .type(
                "Query",
                type ->
                    type.dataFetcher("echo", env -> Map.copyOf(env.getArguments()))
                        .dataFetcher("caller", env -> SchemaEngine.caller(env).name())
                        .dataFetcher("time", env -> Instant.parse("2021-05-25T09:03:23.730010Z"))
                        .dataFetcher("node", env -> Map.of())
                        .dataFetcher("refuses", TestSchema::refuse)
                        .dataFetcher("refusesLater", env -> later(env))
                        .dataFetcher("breaks", env -> List.of().get(0))
                        .dataFetcher("isMissing", env -> null)
                        .dataFetcher("notANumber", env -> List.of("secret"))
                        .dataFetcher("never", env -> new CompletableFuture<>()))
            .type("Node", type -> type.dataFetcher("node", env -> Map.of()))
            .type("Mutation", type -> type.dataFetcher("change", env -> changes.incrementAndGet()))
            .type("Subscription", type -> type.dataFetcher("ticks", env -> ticks()))
            .build();
    return SchemaFile.load(TestSchema.class, "test.graphqls", wiring);
  }

  private static Object refuse(DataFetchingEnvironment env) {
    throw GraphQlProblem.of(ErrorCode.valueOf(env.getArgument("code")), "refused for a reason");
  }

  private static CompletableFuture<Object> later(DataFetchingEnvironment env) {
    return CompletableFuture.supplyAsync(() -> refuse(env));
  }

  private Flow.Publisher<Object> ticks() {
    return events;
  }
}
