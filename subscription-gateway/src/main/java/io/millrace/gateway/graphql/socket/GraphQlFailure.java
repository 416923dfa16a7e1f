package io.millrace.gateway.graphql.socket;

import graphql.GraphQLError;
import io.millrace.gateway.failure.Causes;
import io.millrace.gateway.graphql.ErrorCode;
import io.millrace.gateway.graphql.GraphQlProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told when an operation ends by something else than a result. */
final class GraphQlFailure {

  private static final Logger LOG = LoggerFactory.getLogger(GraphQlFailure.class);

  private GraphQlFailure() {}

  /** An error of GraphQL, or a problem, as it is; whatever else is logged, and not told. */
  static Map<String, Object> of(@Nullable Throwable failure) {
    Throwable cause = failure == null ? null : Causes.of(failure);
    if (cause instanceof GraphQLError error) {
      return error.toSpecification();
    }
    if (cause instanceof GraphQlProblem problem) {
      return of(problem.sentence(), problem.code());
    }
    LOG.error("A GraphQL operation has failed", cause);
    return of("Something went wrong in the gateway", ErrorCode.INTERNAL);
  }

  /** An error with a code for programs. */
  static Map<String, Object> of(String message, ErrorCode code) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", message);
    error.put("extensions", Map.of("code", code.name()));
    return error;
  }

  /** The errors of a result, one at least. */
  static List<Map<String, Object>> all(List<GraphQLError> errors) {
    return errors.isEmpty()
        ? List.of(of("There is neither data nor an error", ErrorCode.INTERNAL))
        : errors.stream().map(GraphQLError::toSpecification).toList();
  }
}
