package io.millrace.filter.feel;

/** How deep brackets stand in each other in a text, those in strings left out. */
final class Nesting {

  private Nesting() {}

  static int of(String text) {
    int depth = 0;
    int deepest = 0;
    boolean inString = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inString && c == '\\') {
        i++;
      } else if (c == '"') {
        inString = !inString;
      } else if (!inString && (c == '(' || c == '[' || c == '{')) {
        deepest = Math.max(deepest, ++depth);
      } else if (!inString && (c == ')' || c == ']' || c == '}')) {
        depth--;
      }
    }
    return deepest;
  }
}
