package io.millrace.gateway.graphql.socket;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.schema.DataFetcher;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.graphql.ErrorCode;
import io.millrace.gateway.graphql.GraphQlEngine;
import io.millrace.gateway.graphql.GraphQlProblem;
import io.millrace.gateway.graphql.GraphQlRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small schema, and what its subscriptions did. */
final class TestGraphQl implements GraphQlEngine {

  private static final String SCHEMA =
      """
      type Query { me: String! nothing: String later: String }
      type Mutation { add(n: Int!): Int! }
      type Subscription {
        count(to: Int!): Int!
        endless(size: Int!): String!
        takenOver: Int!
        broken: Int!
      }
      """;

  final List<Numbers> started = new CopyOnWriteArrayList<>();
  final CompletableFuture<String> later = new CompletableFuture<>();
  private int sum;
  private final GraphQL graphQl =
      GraphQL.newGraphQL(
              new SchemaGenerator()
                  .makeExecutableSchema(new SchemaParser().parse(SCHEMA), wiring()))
          .build();

  private RuntimeWiring wiring() {
    return RuntimeWiring.newRuntimeWiring()
        .type(
            "Query",
            type ->
                type.dataFetcher("me", env -> env.getGraphQlContext().<Principal>get("me").name())
                    .dataFetcher("nothing", failing())
                    .dataFetcher("later", env -> later))
        .type(
            "Mutation",
            type -> type.dataFetcher("add", env -> sum += env.<Integer>getArgument("n")))
        .type(
            "Subscription",
            type ->
                type.dataFetcher(
                        "count", env -> start(new Numbers(env.getArgument("to"), n -> n, null)))
                    .dataFetcher(
                        "endless",
                        env -> {
                          String text = "x".repeat(env.getArgument("size"));
                          return start(new Numbers(Integer.MAX_VALUE, n -> text, null));
                        })
                    .dataFetcher("takenOver", env -> start(new Numbers(1, n -> n, takenOver())))
                    .dataFetcher(
                        "broken",
                        env -> start(new Numbers(1, n -> n, new IllegalStateException("secret")))))
        .build();
  }

  private Numbers start(Numbers numbers) {
    started.add(numbers);
    return numbers;
  }

  private static DataFetcher<?> failing() {
    return env -> {
      throw new IllegalArgumentException("no such thing");
    };
  }

  private static Throwable takenOver() {
    return GraphQlProblem.of(ErrorCode.CONFLICT, "Somebody else has it");
  }

  @Override
  public CompletionStage<ExecutionResult> execute(GraphQlRequest request, Principal caller) {
    return graphQl.executeAsync(
        ExecutionInput.newExecutionInput(request.query())
            .operationName(request.operationName())
            .variables(request.variables())
            .graphQLContext(Map.of("me", caller))
            .build());
  }
}
