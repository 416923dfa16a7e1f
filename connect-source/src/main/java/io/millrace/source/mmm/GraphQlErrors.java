package io.millrace.source.mmm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * What errors of GraphQL mean: whether they pass by themselves, or need a person. Servers differ:
 * some tell a code, some a classification; in others an error without a path is one of the request,
 * for an error that a field has caused has one. Source: GraphQL, section 7.1.2.
 */
final class GraphQlErrors {

  private static final int LONGEST = 500;

  /** Codes of many servers, and the classifications of graphql-java. */
  private static final Set<String> NEED_A_PERSON =
      Set.of(
          "GRAPHQL_PARSE_FAILED",
          "GRAPHQL_VALIDATION_FAILED",
          "OPERATION_RESOLUTION_FAILURE",
          "LIMIT_EXCEEDED",
          "FORBIDDEN",
          "CONFLICT",
          "InvalidSyntax",
          "ValidationError",
          "OperationNotSupported");

  private static final Set<String> PASS =
      Set.of(
          "UNAVAILABLE", "TIMEOUT", "INTERNAL", "INTERNAL_SERVER_ERROR", "MOVED", "UNSUBSCRIBED");

  /** For servers that have no codes. */
  private static final Pattern NO_RIGHT =
      Pattern.compile(
          "forbidden|access (is )?denied|(not|un)[- ]?authori[sz]ed|unauthenticated|permission",
          Pattern.CASE_INSENSITIVE);

  private final List<JsonNode> errors;

  private GraphQlErrors(List<JsonNode> errors) {
    this.errors = errors;
  }

  /** Of a list, or of one error. */
  static GraphQlErrors of(JsonNode told) {
    JsonNode list = told.isObject() && told.path("errors").isArray() ? told.path("errors") : told;
    return new GraphQlErrors(
        list.isArray() ? StreamSupport.stream(list.spliterator(), false).toList() : List.of(list));
  }

  /**
   * Throws what the errors of a subscription mean.
   *
   * @throws ConnectException if a person has to do something
   * @throws IOException if it passes
   */
  IOException ofSubscription() throws IOException {
    throwIfUnderstood();
    if (any("BAD_USER_INPUT")) {
      throw new ConnectException(
          "MMM refuses the subscription: %s (if MMM's numbers have begun anew, reset the connector's offsets)"
              .formatted(text()));
    }
    return new IOException("MMM has ended the subscription: " + text());
  }

  /**
   * The same for a call by HTTP.
   *
   * @param what was asked, such as a field's name
   */
  IOException ofCall(String what) throws IOException {
    throwIfUnderstood();
    return new IOException("MMM has not carried out " + what + ": " + text());
  }

  private void throwIfUnderstood() throws IOException {
    if (any("UNAUTHENTICATED")) {
      throw new UnauthorizedException("MMM does not take the credentials: " + text());
    }
    if (any("TAKEN_OVER")) {
      throw new TakenOverException("another client has taken over the subscription: " + text());
    }
    if (errors.stream().anyMatch(GraphQlErrors::needsAPerson)) {
      throw new ConnectException("MMM refuses what it is asked: " + text());
    }
  }

  private boolean any(String code) {
    return errors.stream().anyMatch(error -> code(error).equals(code));
  }

  private static boolean needsAPerson(JsonNode error) {
    String code = code(error);
    if (NEED_A_PERSON.contains(code)) {
      return true;
    }
    if (PASS.contains(code)) {
      return false;
    }
    boolean ofTheRequest =
        code.isEmpty() && !error.path("path").isArray() && error.path("locations").isArray();
    return ofTheRequest || NO_RIGHT.matcher(error.path("message").asText("")).find();
  }

  private static String code(JsonNode error) {
    JsonNode extensions = error.path("extensions");
    String code = extensions.path("code").asText("");
    return code.isEmpty() ? extensions.path("classification").asText("") : code;
  }

  private String text() {
    return errors.stream()
        .map(error -> plain(error.path("message").asText("no message")))
        .collect(Collectors.joining("; "));
  }

  /** What a server says, in one line that is not endless. */
  static String plain(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
