package io.millrace.gateway.graphql;

import graphql.ErrorType;
import graphql.GraphQLError;
import graphql.GraphQLException;
import graphql.InvalidSyntaxError;
import graphql.execution.MissingRootTypeException;
import graphql.execution.UnknownOperationException;
import graphql.introspection.GoodFaithIntrospection.BadFaithIntrospectionError;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import io.millrace.gateway.failure.Causes;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every error its code. What is no client's business goes to the log under a tracking id, and
 * the client gets the id.
 */
final class ErrorCoding {

  /** Of an operation that was not ready in time. */
  static final CodedError LATE =
      CodedError.of(
          ErrorCode.TIMEOUT, "The operation took too long; what it began may still happen");

  private static final Logger LOG = LoggerFactory.getLogger(ErrorCoding.class);

  // The end of each of the parser's sentences about its own limits.
  private static final String PARSER_LIMIT = "parsing has been cancelled.";

  private static final List<ValidationErrorType> LIMITS =
      List.of(
          ValidationErrorType.MaxQueryDepthExceeded, ValidationErrorType.MaxQueryFieldsExceeded);

  private final Supplier<String> ids;

  ErrorCoding(Supplier<String> ids) {
    this.ids = ids;
  }

  /** Of an error that the engine, or a resolver, has put into a result. */
  CodedError coded(GraphQLError error) {
    if (error instanceof CodedError coded) {
      return coded;
    }
    ErrorCode code = code(error);
    if (code == ErrorCode.INTERNAL) {
      CodedError internal = internal(error.getMessage(), null);
      return new CodedError(
          internal.code(),
          internal.message(),
          error.getLocations(),
          error.getPath(),
          internal.tracking());
    }
    String message =
        code == ErrorCode.TIMEOUT
            ? LATE.message()
            : ClientWords.of(String.valueOf(error.getMessage()));
    return new CodedError(code, message, error.getLocations(), error.getPath(), null);
  }

  /** Of whatever a resolver, or the engine itself, has failed with. */
  CodedError coded(Throwable failure) {
    Throwable cause = Causes.of(failure);
    if (cause instanceof GraphQlProblem problem) {
      return CodedError.of(problem.code(), problem.sentence());
    }
    // An argument that turned out to be wrong only when it was asked for.
    return cause instanceof GraphQLException && cause instanceof GraphQLError error
        ? coded(error)
        : internal("a failure", cause);
  }

  private CodedError internal(@Nullable String what, @Nullable Throwable cause) {
    String tracking = ids.get();
    LOG.error("A GraphQL operation met {}: {}", what, tracking, cause);
    return new CodedError(
        ErrorCode.INTERNAL,
        "Something went wrong in the gateway: " + tracking,
        null,
        null,
        tracking);
  }

  private static ErrorCode code(GraphQLError error) {
    if (error instanceof InvalidSyntaxError) {
      return error.getMessage().endsWith(PARSER_LIMIT)
          ? ErrorCode.LIMIT_EXCEEDED
          : ErrorCode.GRAPHQL_PARSE_FAILED;
    }
    if (error instanceof ValidationError invalid) {
      return LIMITS.contains(invalid.getValidationErrorType())
          ? ErrorCode.LIMIT_EXCEEDED
          : ErrorCode.GRAPHQL_VALIDATION_FAILED;
    }
    if (error instanceof BadFaithIntrospectionError) {
      return ErrorCode.LIMIT_EXCEEDED;
    }
    if (error instanceof UnknownOperationException) {
      return ErrorCode.OPERATION_RESOLUTION_FAILURE;
    }
    if (error instanceof MissingRootTypeException) {
      return ErrorCode.GRAPHQL_VALIDATION_FAILED;
    }
    if (error.getErrorType() == ErrorType.ExecutionAborted) {
      return ErrorCode.TIMEOUT;
    }
    // What is left of those that are exceptions tells of variables and arguments.
    return error instanceof GraphQLException && error.getErrorType() == ErrorType.ValidationError
        ? ErrorCode.BAD_USER_INPUT
        : ErrorCode.INTERNAL;
  }
}
