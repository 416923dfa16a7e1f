package io.millrace.gateway.ingest.foundry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.ErrorShape;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import java.util.List;

/** The dialect's one shape of answer; {@code opstatus} is 0 unless nothing was published. */
public final class FoundryReply implements ErrorShape {

  @Override
  public Reply shape(HttpProblem problem) {
    String message = String.valueOf(problem.getMessage());
    int status = problem.trouble().status();
    return of(status, Codes.of(problem.trouble()), message, List.of(), List.of());
  }

  /** The topics stand there as they were published, one for each event. */
  static Reply of(
      int status, int code, String message, List<String> succeeded, List<String> failed) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("opstatus", status < 400 ? 0 : code);
    body.put("httpStatusCode", status);
    body.put("code", code);
    body.put("message", message);
    succeeded.forEach(body.putArray("successTopics")::add);
    failed.forEach(body.putArray("failedTopics")::add);
    return Reply.json(status, body);
  }
}
