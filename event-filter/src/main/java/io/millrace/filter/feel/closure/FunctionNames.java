package io.millrace.filter.feel.closure;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Names of functions that somebody may have meant. */
final class FunctionNames {

  private FunctionNames() {}

  /** What to tell of a name that FEEL does not have, with the nearest one that it has. */
  static String unknown(String name) {
    String reason = "there is no function '" + name + "'";
    return nearest(name).map(near -> reason + ", did you mean '" + near + "'?").orElse(reason);
  }

  private static Optional<String> nearest(String name) {
    if (name.length() > 40) {
      return Optional.empty();
    }
    return BuiltIn.names().stream()
        .min(Comparator.comparingInt(known -> distance(name, known)))
        .filter(known -> distance(name, known) <= Math.max(1, name.length() / 3));
  }

  /** Levenshtein's, blind to case and spaces: startsWith is near to starts with. */
  private static int distance(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    String b = other.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
