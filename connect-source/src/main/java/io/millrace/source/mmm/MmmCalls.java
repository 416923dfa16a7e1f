package io.millrace.source.mmm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.source.http.Calls;
import io.millrace.source.http.CredentialsRefusedException;
import io.millrace.source.http.LaterException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.apache.kafka.connect.errors.ConnectException;

/** Queries and mutations by HTTP. Safe for use by several threads. */
record MmmCalls(Calls calls, URI graphql, String subscriptionId) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Acknowledges an event and all before it.
   *
   * @throws IOException if that fails in a way that passes
   * @throws ConnectException if a person has to do something
   */
  void acknowledge(long id) throws IOException, InterruptedException {
    call(Operations.ACKNOWLEDGE_FIELD, Operations.acknowledge(subscriptionId, id));
  }

  /** Removes the subscription; whether there was one makes no difference. */
  void unsubscribe() throws IOException, InterruptedException {
    call(Operations.UNSUBSCRIBE_FIELD, Operations.unsubscribe(subscriptionId));
  }

  /** Asks how the subscription is, which tells whether MMM can be asked at all. */
  void status() throws IOException, InterruptedException {
    call(Operations.STATUS_FIELD, Operations.status(subscriptionId));
  }

  private void call(String what, ObjectNode operation) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(graphql)
            .header("Content-Type", "application/json")
            .header("Accept", "application/graphql-response+json, application/json;q=0.9")
            .POST(BodyPublishers.ofString(operation.toString()));
    HttpResponse<byte[]> answer;
    try {
      answer = calls.send(request);
    } catch (LaterException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("MMM at " + graphql + " does not answer: " + e.getMessage(), e);
    }
    try {
      check(what, answer);
    } catch (UnauthorizedException e) {
      throw unauthorized(String.valueOf(e.getMessage()));
    }
  }

  private void check(String what, HttpResponse<byte[]> answer) throws IOException {
    int status = answer.statusCode();
    if (status == 401 || status == 403) {
      throw unauthorized("MMM at " + graphql + " answers " + status + " to " + what);
    }
    JsonNode result = json(answer.body());
    JsonNode errors = result.path("errors");
    if (errors.isArray() && !errors.isEmpty()) {
      throw GraphQlErrors.of(errors).ofCall(what);
    }
    if (status == 200 && result.path("data").isObject()) {
      return;
    }
    String sentence = "MMM at " + graphql + " answers " + status + " to " + what;
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      throw new LaterException(sentence, calls.retryAfter(answer));
    }
    throw new ConnectException(
        sentence + ": check " + MmmConfig.URL + " and " + MmmConfig.GRAPHQL_PATH);
  }

  // Calls have tried with fresh credentials before, where there are any.
  static ConnectException unauthorized(String sentence) {
    return CredentialsRefusedException.after(sentence);
  }

  private static JsonNode json(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? JSON.missingNode() : json;
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }
}
