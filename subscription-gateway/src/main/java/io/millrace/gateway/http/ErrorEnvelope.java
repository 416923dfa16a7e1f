package io.millrace.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.emitter.Problem;
import java.util.Collection;
import java.util.Locale;

/**
 * The error envelope of Trisotech DES, {@code {"error":[{code, systemMessage, userMessage}]}},
 * which is also what the gateway answers where no dialect has a say.
 */
public final class ErrorEnvelope implements ErrorShape {

  @Override
  public Reply shape(HttpProblem problem) {
    return Reply.json(problem.trouble().status(), body(problem.trouble(), problem.problems()));
  }

  /** The envelope alone, to which a dialect may add. */
  public static ObjectNode body(Trouble trouble, Collection<Problem> problems) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode errors = body.putArray("error");
    String code = trouble.name().toLowerCase(Locale.ROOT);
    for (Problem problem : problems) {
      errors
          .addObject()
          .put("code", code)
          .put("systemMessage", problem.toString())
          .put("userMessage", sentence(trouble));
    }
    return body;
  }

  private static String sentence(Trouble trouble) {
    return switch (trouble) {
      case MALFORMED, MISSING -> "The request is not valid.";
      case UNAUTHENTICATED -> "Sign in first.";
      case FORBIDDEN -> "This is not yours to do.";
      case NOT_FOUND -> "There is nothing at this address.";
      case METHOD_NOT_ALLOWED -> "This address does not support the method.";
      case NOT_ACCEPTABLE -> "There is no answer of the wanted type.";
      case TIMEOUT -> "The request took too long to arrive.";
      case CONFLICT -> "This does not go with what is there.";
      case TOO_LARGE -> "The request is too large.";
      case UNSUPPORTED_MEDIA_TYPE -> "The content type is not supported.";
      case UNKNOWN_TOPIC -> "There is no such topic.";
      case UPGRADE_REQUIRED -> "This address is for another protocol.";
      case TOO_MANY_REQUESTS -> "Come back later.";
      case INTERNAL -> "Something went wrong.";
      case UNAVAILABLE -> "Try again later.";
    };
  }
}
