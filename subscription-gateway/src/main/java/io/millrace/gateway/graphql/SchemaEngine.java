package io.millrace.gateway.graphql;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.execution.values.InputInterceptor;
import graphql.parser.ParserOptions;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLSchema;
import graphql.validation.QueryComplexityLimits;
import io.millrace.gateway.auth.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Carries out operations over one schema, within limits. Resolvers find who calls by {@link
 * #caller}, answer with a {@link CompletionStage} where they must wait, and throw {@link
 * GraphQlProblem}, or fail the stage with it; whatever else they throw is an internal error. Has no
 * threads of its own.
 */
public final class SchemaEngine implements GraphQlEngine {

  // Marks what was not ready in time; compared by identity.
  private static final ExecutionResult LATE =
      ExecutionResult.newExecutionResult().addError(ErrorCoding.LATE).build();

  private final GraphQL graphQl;
  private final ErrorCoding coding;
  private final long timeoutMillis;
  private final Map<Object, Object> context;

  /**
   * Over a schema whose resolvers never block.
   *
   * @param ids new tracking identifiers, each unlike all others
   */
  public SchemaEngine(GraphQLSchema schema, GraphQlConfig config, Supplier<String> ids) {
    coding = new ErrorCoding(ids);
    timeoutMillis = config.timeout().toMillis();
    graphQl =
        GraphQL.newGraphQL(schema)
            .defaultDataFetcherExceptionHandler(new ResolverFailures(coding))
            .preparsedDocumentProvider(new PreparedDocuments(config.cacheCharacters()))
            .instrumentation(new CarriedOperations())
            .build();
    context =
        Map.of(
            InputInterceptor.class,
            new LenientInput(),
            SubscriptionExecutionStrategy.KEEP_SUBSCRIPTION_EVENTS_ORDERED,
            true,
            ParserOptions.class,
            parser(config),
            QueryComplexityLimits.KEY,
            complexity(config));
  }

  private static ParserOptions parser(GraphQlConfig config) {
    return ParserOptions.getDefaultOperationParserOptions()
        .transform(
            options ->
                options
                    .maxCharacters(config.maxCharacters())
                    .maxTokens(config.maxTokens())
                    .maxWhitespaceTokens(config.maxCharacters())
                    .captureIgnoredChars(false)
                    .captureLineComments(false)
                    .readerTrackData(false));
  }

  private static QueryComplexityLimits complexity(GraphQlConfig config) {
    return QueryComplexityLimits.newLimits()
        .maxDepth(config.maxDepth())
        .maxFieldsCount(config.maxFields())
        .build();
  }

  /** Who asked for the field; in the context of GraphQL under the key {@code Principal.class}. */
  public static Principal caller(DataFetchingEnvironment environment) {
    return Objects.requireNonNull(environment.getGraphQlContext().get(Principal.class));
  }

  @Override
  public CompletionStage<ExecutionResult> execute(GraphQlRequest request, Principal caller) {
    ExecutionInput input =
        ExecutionInput.newExecutionInput(request.query())
            .operationName(request.operationName())
            .variables(request.variables())
            .locale(Locale.ENGLISH)
            .graphQLContext(context)
            .graphQLContext(Map.of(Principal.class, caller, Transport.class, request.transport()))
            .build();
    CompletableFuture<ExecutionResult> running;
    try {
      running = graphQl.executeAsync(input);
    } catch (RuntimeException e) {
      running = CompletableFuture.failedFuture(e);
    }
    CompletableFuture<ExecutionResult> timed =
        running.isDone()
            ? running
            : running.copy().completeOnTimeout(LATE, timeoutMillis, TimeUnit.MILLISECONDS);
    return timed.handle((result, failure) -> answer(result, failure, input));
  }

  private ExecutionResult answer(
      @Nullable ExecutionResult result, @Nullable Throwable failure, ExecutionInput input) {
    if (result == LATE) {
      input.cancel();
      return LATE;
    }
    return result == null
        ? ExecutionResult.newExecutionResult()
            .addError(coding.coded(Objects.requireNonNull(failure)))
            .build()
        : coded(result);
  }

  private ExecutionResult coded(ExecutionResult result) {
    Object data = result.getData();
    if (result.getErrors().isEmpty() && !(data instanceof Publisher)) {
      return result;
    }
    List<GraphQLError> errors = new ArrayList<>();
    result.getErrors().forEach(error -> errors.add(coding.coded(error)));
    return result.transform(
        builder -> {
          builder.errors(errors);
          if (data instanceof Publisher) {
            Publisher<ExecutionResult> results = Objects.requireNonNull(result.getData());
            builder.data(new CodedPublisher(results, this::coded, coding::coded));
          }
        });
  }
}
