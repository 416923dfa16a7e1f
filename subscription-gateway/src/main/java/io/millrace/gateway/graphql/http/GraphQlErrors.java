package io.millrace.gateway.graphql.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.graphql.ErrorCode;
import io.millrace.gateway.http.ErrorShape;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;

/** A request that did not come to be carried out, told as GraphQL tells errors. */
record GraphQlErrors(ResponseType type) implements ErrorShape {

  @Override
  public Reply shape(HttpProblem problem) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode errors = body.putArray("errors");
    for (Problem one : problem.problems()) {
      ObjectNode error = errors.addObject().put("message", one.toString());
      error.putObject("extensions").put("code", code(problem.trouble()).name());
    }
    return Reply.json(problem.trouble().status(), body).with("Content-Type", type.contentType());
  }

  private static ErrorCode code(Trouble trouble) {
    return switch (trouble) {
      case MALFORMED,
          MISSING,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          UNSUPPORTED_MEDIA_TYPE,
          UNKNOWN_TOPIC ->
          ErrorCode.BAD_USER_INPUT;
      case UNAUTHENTICATED -> ErrorCode.UNAUTHENTICATED;
      case FORBIDDEN -> ErrorCode.FORBIDDEN;
      case NOT_FOUND -> ErrorCode.NOT_FOUND;
      case CONFLICT -> ErrorCode.CONFLICT;
      case TIMEOUT -> ErrorCode.TIMEOUT;
      case TOO_LARGE, TOO_MANY_REQUESTS -> ErrorCode.LIMIT_EXCEEDED;
      case INTERNAL -> ErrorCode.INTERNAL;
      case UNAVAILABLE -> ErrorCode.UNAVAILABLE;
    };
  }
}
