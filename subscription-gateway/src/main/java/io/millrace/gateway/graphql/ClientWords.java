package io.millrace.gateway.graphql;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says in a client's words what the engine says in those of its own classes. */
final class ClientWords {

  // Between these stands a dump of the syntax tree, which the client wrote and need not read.
  private static final String VALUE = " with value '";
  private static final List<String> AFTER_VALUE =
      List.of("' is not a valid ", "' must ", "' is missing ", "' contains ");
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
    String whole = withoutValue(message);
    // What the client wrote may be among it in other places, at any length.
    String shorter = whole.length() <= LONGEST ? whole : whole.substring(0, LONGEST) + "…";
    Matcher type = JAVA_TYPE.matcher(shorter);
    return type.replaceAll(
            match -> JSON_TYPES.getOrDefault(match.group(1), "a '" + match.group(1) + "'"))
        .replace("with ANTLR error", "with error");
  }

  private static String withoutValue(String message) {
    int begin = message.indexOf(VALUE);
    int end = AFTER_VALUE.stream().mapToInt(message::lastIndexOf).max().orElse(-1);
    return begin < 0 || end < begin
        ? message
        : message.substring(0, begin) + message.substring(end + 1);
  }
}
