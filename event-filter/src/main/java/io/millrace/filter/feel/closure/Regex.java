package io.millrace.filter.feel.closure;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled regular expression whose work is charged before it is done.
 *
 * @param size its number of states, about
 * @param literal whether it is a plain text, and then a replacement is one too
 */
record Regex(Pattern pattern, long size, boolean literal) {

  // One step pays for so many characters times states.
  private static final long WORK = 16;

  boolean finds(String input, Evaluation evaluation) {
    charge(input, 0, evaluation);
    return pattern.matcher(input).find();
  }

  /** Null if it matches the empty text, or the replacement is no replacement. */
  @Nullable String replace(String input, String replacement, Evaluation evaluation) {
    if (pattern.matcher("").find()) {
      return null;
    }
    StringBuilder result = new StringBuilder();
    Matcher matcher = pattern.matcher(input);
    int from = 0;
    charge(input, 0, evaluation);
    while (matcher.find()) {
      result.append(input, from, matcher.start());
      if (!append(replacement, matcher, result)) {
        return null;
      }
      from = matcher.end();
      Strings.charge(result.length(), evaluation);
      charge(input, from, evaluation);
    }
    Strings.charge((long) result.length() + input.length() - from, evaluation);
    return result.append(input, from, input.length()).toString();
  }

  /** The parts between the matches, as Java splits with a limit of -1. */
  List<String> split(String input, Evaluation evaluation) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = pattern.matcher(input);
    int from = 0;
    charge(input, 0, evaluation);
    while (matcher.find()) {
      if (matcher.end() == 0) {
        continue;
      }
      parts.add(input.substring(from, matcher.start()));
      from = matcher.end();
      charge(input, from, evaluation);
    }
    parts.add(input.substring(from));
    return parts;
  }

  private void charge(String input, int from, Evaluation evaluation) {
    evaluation.spend(2 + (input.length() - from) * size / WORK);
  }

  private boolean append(String replacement, Matcher matcher, StringBuilder result) {
    if (literal) {
      result.append(replacement);
      return true;
    }
    for (int i = 0; i < replacement.length(); i++) {
      char c = replacement.charAt(i);
      if (c == '\\') {
        i++;
        if (i == replacement.length() || "\\$".indexOf(replacement.charAt(i)) < 0) {
          return false;
        }
        result.append(replacement.charAt(i));
      } else if (c == '$') {
        int end = group(replacement, i + 1, matcher.groupCount());
        if (end == i + 1) {
          return false;
        }
        int group = Integer.parseInt(replacement.substring(i + 1, end));
        String found = group <= matcher.groupCount() ? matcher.group(group) : null;
        result.append(found == null ? "" : found);
        i = end - 1;
      } else {
        result.append(c);
      }
    }
    return true;
  }

  // As many digits as still name a group; at least one.
  private static int group(String replacement, int from, int groups) {
    int end = from;
    long number = 0;
    while (end < replacement.length() && Character.isDigit(replacement.charAt(end))) {
      number = number * 10 + Character.digit(replacement.charAt(end), 10);
      if (end > from && number > groups) {
        break;
      }
      end++;
    }
    return end;
  }
}
