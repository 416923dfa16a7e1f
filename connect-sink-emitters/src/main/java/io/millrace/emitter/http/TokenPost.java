package io.millrace.emitter.http;

import io.millrace.emitter.lane.Outcome;
import io.millrace.model.identity.Credentials.OAuth2;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * One post by the bearer of a token, which is replaced once if the endpoint does not take it.
 *
 * @param post begins the request with this proof; called again with another token after a 401
 * @param outcome what the last answer means
 */
public record TokenPost(
    Tokens tokens,
    OAuth2 credentials,
    Function<Proof, CompletionStage<Answer>> post,
    Function<Answer, Outcome> outcome) {

  private static final int UNAUTHORIZED = 401;

  /** What became of it, or why there is no token. */
  public CompletionStage<Outcome> send() {
    return attempt(true);
  }

  private CompletionStage<Outcome> attempt(boolean again) {
    return tokens
        .token(credentials)
        .thenCompose(
            answer -> {
              if (answer instanceof TokenAnswer.None none) {
                return CompletableFuture.completedStage(none.outcome());
              }
              TokenAnswer.Token token = (TokenAnswer.Token) answer;
              return post.apply(Proof.bearer(token.value()))
                  .thenCompose(got -> answered(token, got, again));
            });
  }

  private CompletionStage<Outcome> answered(TokenAnswer.Token token, Answer got, boolean again) {
    if (got instanceof Answer.Response response && response.status() == UNAUTHORIZED) {
      tokens.drop(credentials, token);
      if (again) {
        return attempt(false);
      }
    }
    return CompletableFuture.completedStage(outcome.apply(got));
  }
}
