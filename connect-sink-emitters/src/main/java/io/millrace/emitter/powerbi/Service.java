package io.millrace.emitter.powerbi;

import io.millrace.emitter.http.Answer;
import io.millrace.emitter.http.Post;
import io.millrace.emitter.http.Proof;
import io.millrace.emitter.http.StatusPolicy;
import io.millrace.emitter.http.Target;
import io.millrace.emitter.http.TokenPost;
import io.millrace.emitter.http.Tokens;
import io.millrace.emitter.http.Wire;
import io.millrace.emitter.lane.Outcome;
import io.millrace.model.identity.Credentials;
import io.millrace.model.identity.Credentials.OAuth2;
import io.millrace.model.identity.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/**
 * Posts rows to Power BI and says what the answers mean. A token that is not taken is replaced
 * once. Safe for use by several threads.
 *
 * <p>Beside what a status means anywhere ({@link StatusPolicy}): 413 is a batch that is too large,
 * which is rejected and so halved, and a throttle may ask for time in its message. Source: Power BI
 * push datasets.
 */
final class Service {

  private static final String SCOPE = "https://analysis.windows.net/powerbi/api/.default";
  private static final int TOO_LARGE = 413;

  private final PowerBiConfig config;
  private final Wire wire;
  private final Tokens tokens;
  private final StatusPolicy policy;

  Service(PowerBiConfig config, Wire wire, Tokens tokens, StatusPolicy policy) {
    this.config = config;
    this.wire = wire;
    this.tokens = tokens;
    this.policy = policy;
  }

  /** What became of a post; too large is rejected with status 413. */
  CompletionStage<Outcome> post(Target target, byte[] body, Optional<Identity> identity) {
    Credentials credentials = identity.map(Identity::credentials).orElse(null);
    if (!(credentials instanceof OAuth2 oauth2)) {
      return refused("needs an identity of type oauth2: client credentials");
    }
    if (!config.isLogin(oauth2.tokenUrl())) {
      return refused(
          "takes tokens from " + config.login() + " only, and the identity's tokenUrl is another");
    }
    return new TokenPost(tokens, scoped(oauth2), proof -> send(target, body, proof), this::outcome)
        .send();
  }

  private CompletionStage<Answer> send(Target target, byte[] body, Proof proof) {
    List<Header> headers = new ArrayList<>(proof.headers());
    headers.add(new BasicHeader(HttpHeaders.CONTENT_TYPE, "application/json"));
    return wire.ask(
        new Post(target.host(), target.path(), headers, new Post.Body(body)),
        config.requestTimeout());
  }

  private Outcome outcome(Answer answer) {
    if (answer instanceof Answer.Forbidden forbidden) {
      return new Outcome.Refused(forbidden.cause(), null);
    }
    if (answer instanceof Answer.Failure failure) {
      return Outcome.retry(failure.cause());
    }
    Answer.Response response = (Answer.Response) answer;
    ErrorAnswer error = ErrorAnswer.read(response.body());
    String cause = error.told(response.status());
    Outcome outcome = policy.outcome(response.status(), response.retryAfter());
    if (outcome instanceof Outcome.Retry retry) {
      return new Outcome.Retry(
          cause, response.status(), longer(retry.atLeast(), error.retryAfter()));
    }
    if (outcome instanceof Outcome.Refused) {
      return new Outcome.Refused(cause, response.status());
    }
    return outcome instanceof Outcome.Rejected
        ? new Outcome.Rejected(cause, response.status())
        : outcome;
  }

  /** Whether a batch was too large. */
  static boolean isTooLarge(Outcome outcome) {
    return outcome instanceof Outcome.Rejected rejected
        && Integer.valueOf(TOO_LARGE).equals(rejected.status());
  }

  private static OAuth2 scoped(OAuth2 oauth2) {
    return oauth2.scope() != null
        ? oauth2
        : new OAuth2(
            oauth2.tokenUrl(),
            oauth2.clientId(),
            oauth2.clientSecret(),
            SCOPE,
            oauth2.parameters(),
            oauth2.clientAuthentication());
  }

  private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) < 0 ? other : one;
  }

  private static CompletionStage<Outcome> refused(String cause) {
    return CompletableFuture.completedStage(new Outcome.Refused("Power BI " + cause, null));
  }
}
