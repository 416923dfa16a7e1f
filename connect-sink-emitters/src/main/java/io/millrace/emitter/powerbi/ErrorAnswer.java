package io.millrace.emitter.powerbi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Power BI says beside a status: {@code {"error":{"code":…,"message":…}}}.
 *
 * @param code such as {@code ItemNotFound}; empty if there is none
 * @param retryAfter what a message such as "Retry in 17 seconds." asks for; absent if none does
 */
record ErrorAnswer(String code, @Nullable Duration retryAfter) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern RETRY = Pattern.compile("[Rr]etry in (\\d{1,6}) seconds?");

  static ErrorAnswer read(String body) {
    JsonNode error;
    try {
      error = JSON.readTree(body).path("error");
    } catch (JsonProcessingException e) {
      error = JSON.missingNode();
    }
    String code = error.path("code").asText("");
    // The message itself is not told: it may quote a row.
    Matcher retry = RETRY.matcher(error.path("message").asText(body));
    return new ErrorAnswer(
        code.matches("[A-Za-z0-9_.]{1,60}") ? code : "",
        retry.find() ? Duration.ofSeconds(Long.parseLong(retry.group(1))) : null);
  }

  /** The status and the code, for a cause. */
  String told(int status) {
    return "HTTP " + status + (code.isEmpty() ? "" : " (" + code + ")");
  }
}
