package io.millrace.gateway.graphql;

import graphql.ErrorClassification;

/**
 * What is wrong, for programs: the {@code extensions.code} of every error. The first two names are
 * those that GraphQL servers at large use.
 */
public enum ErrorCode implements ErrorClassification {
  /** The document is no GraphQL. */
  GRAPHQL_PARSE_FAILED,
  /** The document does not go with the schema. */
  GRAPHQL_VALIDATION_FAILED,
  /** A variable, an argument or the request itself has a value that cannot be used. */
  BAD_USER_INPUT,
  /** The document does not say which of its operations is meant. */
  OPERATION_RESOLUTION_FAILURE,
  MUTATION_NEEDS_POST,
  SUBSCRIPTION_NEEDS_WEBSOCKET,
  UNAUTHENTICATED,
  FORBIDDEN,
  NOT_FOUND,
  /** It does not go with what is there, such as somebody else's of the same name. */
  CONFLICT,
  /** A newer client has what this one had. */
  TAKEN_OVER,
  /** What it was about was removed. */
  UNSUBSCRIBED,
  /** It goes on elsewhere; to be begun again. */
  MOVED,
  /** The document, or what it asks for, is too large; or it would be one too many. */
  LIMIT_EXCEEDED,
  /** It took too long; what was begun may still happen. */
  TIMEOUT,
  /** Not now; to be tried again. */
  UNAVAILABLE,
  /** A fault of the gateway, in its log under the error's {@code extensions.tracking}. */
  INTERNAL
}
