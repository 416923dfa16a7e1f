package io.millrace.gateway.http;

import java.util.concurrent.CompletionStage;

/**
 * Serves one method of one path. Called on a pool thread that it must not hold while it waits; a
 * stage that fails with {@link HttpProblem} is told in the dialect's shape, any other failure is
 * logged and told as an internal error.
 */
@FunctionalInterface
public interface Endpoint {

  CompletionStage<Reply> answer(Exchange exchange);
}
