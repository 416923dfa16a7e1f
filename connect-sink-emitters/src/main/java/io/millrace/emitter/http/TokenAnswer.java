package io.millrace.emitter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.emitter.lane.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a token endpoint said. Sources: RFC 6749, sections 5.1 and 5.2. */
public sealed interface TokenAnswer {

  /** A token and until when it is to be used; its text hides it. */
  record Token(String value, Instant refresh, Instant expires) implements TokenAnswer {
    @Override
    public String toString() {
      return "[hidden]";
    }
  }

  /** None, and what that means for the attempt that needs it. */
  record None(Outcome outcome) implements TokenAnswer {}

  /** Reads an answer. */
  static TokenAnswer read(Answer answer, StatusPolicy policy, Instant now) {
    if (answer instanceof Answer.Failure failure) {
      return new None(Outcome.retry("the token endpoint: " + failure.cause()));
    }
    if (answer instanceof Answer.Forbidden forbidden) {
      return new None(new Outcome.Refused("the token endpoint: " + forbidden.cause(), null));
    }
    Answer.Response response = (Answer.Response) answer;
    JsonNode json = Json.read(response.body());
    if (response.status() == 200) {
      Token token = Json.token(json, now);
      return token != null
          ? token
          : new None(Outcome.retry("the token endpoint sent no bearer token"));
    }
    String cause = "the token endpoint: HTTP " + response.status() + Json.error(json);
    return policy.outcome(response.status(), response.retryAfter()) instanceof Outcome.Retry retry
        ? new None(new Outcome.Retry(cause, response.status(), retry.atLeast()))
        : new None(new Outcome.Refused(cause, response.status()));
  }

  /** The JSON of such answers. */
  final class Json {

    private static final ObjectMapper JSON = new ObjectMapper();
    // For endpoints that do not say it.
    private static final long USUAL_SECONDS = 300;
    private static final long LONGEST_SECONDS = Duration.ofDays(1).toSeconds();

    private Json() {}

    private static JsonNode read(String body) {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        return JSON.missingNode();
      }
    }

    private static @Nullable Token token(JsonNode json, Instant now) {
      String value = json.path("access_token").asText("");
      if (!value.matches("[!-~]+")
          || !json.path("token_type").asText("Bearer").equalsIgnoreCase("Bearer")) {
        return null;
      }
      long told = json.path("expires_in").asLong(USUAL_SECONDS);
      long seconds = Math.min(LONGEST_SECONDS, Math.max(0, told));
      // Ahead of time, so that no request waits for a token, nor carries one that expires on the
      // way.
      long ahead = Math.min(60, seconds / 5);
      return new Token(value, now.plusSeconds(seconds - ahead), now.plusSeconds(seconds));
    }

    // Only the code, in the characters of those that the standard lists.
    private static String error(JsonNode json) {
      String code = json.path("error").asText("");
      return code.matches("[a-z_]{1,40}") ? " (" + code + ")" : "";
    }
  }
}
