package io.millrace.gateway.publicapi;

import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import java.util.concurrent.CompletionStage;

/**
 * Serves one {@link Route} for somebody who has proven who they are. Called on a pool thread that
 * it must not hold while it waits; throws, or fails its stage with, {@link HttpProblem}.
 */
@FunctionalInterface
public interface PublicEndpoint {

  CompletionStage<Reply> answer(Call call);
}
