package io.millrace.gateway.acronis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.ErrorShape;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import java.util.Locale;
import java.util.Map;

/**
 * Errors as {@code {"error":{domain, code, message, context}}}; the context lists everything that
 * is wrong as {@code {"errors":[{field, message}]}}.
 */
public final class AcronisErrors implements ErrorShape {

  private static final String DOMAIN = "EventManager";

  // All others are called as the gateway calls them.
  private static final Map<Trouble, String> CODES =
      Map.of(
          Trouble.MALFORMED, "invalidRequest",
          Trouble.MISSING, "invalidRequest",
          Trouble.UNAUTHENTICATED, "unauthorized",
          Trouble.FORBIDDEN, "accessDenied",
          Trouble.CONFLICT, "alreadyExists",
          Trouble.INTERNAL, "internalError");

  @Override
  public Reply shape(HttpProblem problem) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putObject("error");
    error.put("domain", DOMAIN).put("code", code(problem.trouble()));
    error.put("message", problem.getMessage());
    ArrayNode errors = error.putObject("context").putArray("errors");
    for (Problem one : problem.problems()) {
      errors.addObject().put("field", one.field()).put("message", one.toString());
    }
    return Reply.json(problem.trouble().status(), body);
  }

  private static String code(Trouble trouble) {
    String own = CODES.get(trouble);
    return own == null ? camelCase(trouble.name()) : own;
  }

  private static String camelCase(String name) {
    StringBuilder text = new StringBuilder();
    for (String word : name.toLowerCase(Locale.ROOT).split("_", -1)) {
      text.append(
          text.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return text.toString();
  }
}
