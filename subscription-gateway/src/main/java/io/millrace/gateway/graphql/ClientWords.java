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
  private static final int LONGEST = 2_000;
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
    // What the client wrote may be among it, at any length.
    String shown = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
    String shorter = VALUE.matcher(shown).replaceAll("");
    Matcher type = JAVA_TYPE.matcher(shorter);
    return type.replaceAll(
            match -> JSON_TYPES.getOrDefault(match.group(1), "a '" + match.group(1) + "'"))
        .replace("with ANTLR error", "with error");
  }
}
