package io.millrace.gateway.graphql;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in a client's words what the engine says in those of its own classes. */
final class ClientWords {

  // A dump of the syntax tree, which the client wrote and need not read.
  private static final Pattern VALUE =
      Pattern.compile(
          " with value '.*'(?= (?:is not a valid|must|is missing|contains) )", Pattern.DOTALL);
  private static final Pattern JAVA_TYPE = Pattern.compile("(?<=but it was )a '(\\w+)'");
  private static final Map<String, String> JSON_TYPES =
      Map.of(
          "LinkedHashMap", "an object",
          "ArrayList", "a list",
          "String", "a string",
          "Boolean", "a boolean",
          "Integer", "a number",
          "Long", "a number",
          "BigInteger", "a number",
          "BigDecimal", "a number",
          "Double", "a number");

  private ClientWords() {}

  static String of(String message) {
    String shorter = VALUE.matcher(message).replaceAll("");
    Matcher type = JAVA_TYPE.matcher(shorter);
    return type.replaceAll(
            match -> JSON_TYPES.getOrDefault(match.group(1), "a '" + match.group(1) + "'"))
        .replace("with ANTLR error", "with error");
  }
}
