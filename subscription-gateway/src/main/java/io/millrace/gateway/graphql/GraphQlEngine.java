package io.millrace.gateway.graphql;

import graphql.ExecutionResult;
import io.millrace.gateway.auth.Principal;
import java.util.concurrent.CompletionStage;

/**
 * Carries out what a client asks. Safe for use by several threads; never blocks and never fails:
 * whatever goes wrong is among the result's errors, each with an {@link ErrorCode} as {@code
 * extensions.code}, and nothing internal is.
 */
@FunctionalInterface
public interface GraphQlEngine {

  /**
   * Carries out one operation. A subscription's result has a {@code Publisher<ExecutionResult>} of
   * Reactive Streams as its data, unless it could not begin; it publishes only what was requested,
   * and fails with {@link GraphQlProblem} only. The stage may be completed by a thread that has
   * other work.
   */
  CompletionStage<ExecutionResult> execute(GraphQlRequest request, Principal caller);
}
