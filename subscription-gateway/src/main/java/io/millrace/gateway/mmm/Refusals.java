package io.millrace.gateway.mmm;

import io.millrace.gateway.failure.Causes;
import io.millrace.gateway.graphql.ErrorCode;
import io.millrace.gateway.graphql.GraphQlProblem;
import io.millrace.gateway.subscription.SessionEnd;
import io.millrace.gateway.subscription.SubscriptionException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What goes wrong with subscriptions, as clients of GraphQL are told. */
final class Refusals {

  private Refusals() {}

  static GraphQlProblem badInput(String sentence) {
    return GraphQlProblem.of(ErrorCode.BAD_USER_INPUT, sentence);
  }

  static GraphQlProblem unknown(String id) {
    return GraphQlProblem.of(ErrorCode.NOT_FOUND, "There is no subscription " + id + ".");
  }

  static GraphQlProblem somebodyElses(String id) {
    return GraphQlProblem.of(
        ErrorCode.FORBIDDEN, "Subscription " + id + " belongs to another user.");
  }

  /** Why a session is over; null if its client wanted that. */
  static @Nullable GraphQlProblem of(SessionEnd why) {
    return switch (why) {
      case CLOSED -> null;
      case TAKEN_OVER -> GraphQlProblem.of(ErrorCode.TAKEN_OVER, why.text());
      case UNSUBSCRIBED -> GraphQlProblem.of(ErrorCode.UNSUBSCRIBED, why.text());
      case MOVED -> GraphQlProblem.of(ErrorCode.MOVED, why.text());
      case STOPPING, FAILED -> GraphQlProblem.of(ErrorCode.UNAVAILABLE, why.text());
    };
  }

  /** The same stage, whose failures are told to clients. */
  static <T> CompletionStage<T> told(CompletionStage<T> stage) {
    return stage.handle(
        (value, failure) -> {
          if (failure == null) {
            return value;
          }
          throw new CompletionException(told(failure));
        });
  }

  private static Throwable told(Throwable failure) {
    Throwable cause = Causes.of(failure);
    return cause instanceof SubscriptionException refused
        ? GraphQlProblem.of(code(refused.reason()), String.valueOf(refused.getMessage()))
        : cause;
  }

  private static ErrorCode code(SubscriptionException.Reason reason) {
    return switch (reason) {
      case INVALID, NOT_DELIVERED -> ErrorCode.BAD_USER_INPUT;
      case EXISTS, HELD -> ErrorCode.CONFLICT;
      case UNKNOWN -> ErrorCode.NOT_FOUND;
      case FORBIDDEN -> ErrorCode.FORBIDDEN;
      case QUOTA -> ErrorCode.LIMIT_EXCEEDED;
      case FENCED -> ErrorCode.TAKEN_OVER;
      case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
    };
  }
}
