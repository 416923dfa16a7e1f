package io.millrace.filter.feel.closure;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A regular expression of XPath as FEEL has it, as one that is matched in linear time (RE2).
 *
 * <p>Source: XPath and XQuery Functions 3.1, section 5.6.1; RE2 has no back-references, no
 * subtraction of classes and no blocks such as {@code \p{IsBasicLatin}}.
 */
final class XPathPattern {

  private static final String LITERAL_ESCAPES = "\\|.?*+(){}$-[]^";

  private static final String FLAGS = "smixq";

  /** Most states of an expression when all repetitions are written out. */
  private static final long MAX_SIZE = 2000;

  private final String text;
  private final boolean free;
  private final boolean dotAll;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Long> groups = new ArrayDeque<>();
  private long size;
  private long atom;
  private int at;

  private XPathPattern(String text, boolean free, boolean dotAll) {
    this.text = text;
    this.free = free;
    this.dotAll = dotAll;
  }

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException if it is none, or none that can be matched in linear time
   */
  static Regex compile(String pattern, String flags) {
    if (pattern.length() > MAX_SIZE) {
      throw new IllegalArgumentException("the pattern is too long");
    }
    int options = 0;
    for (int i = 0; i < flags.length(); i++) {
      if (FLAGS.indexOf(flags.charAt(i)) < 0) {
        throw new IllegalArgumentException("there are no flags but s, m, i, x and q");
      }
    }
    options |= flags.indexOf('i') >= 0 ? Pattern.CASE_INSENSITIVE : 0;
    options |= flags.indexOf('m') >= 0 ? Pattern.MULTILINE : 0;
    boolean literal = flags.indexOf('q') >= 0;
    try {
      if (literal) {
        return new Regex(
            Pattern.compile(Pattern.quote(pattern), options), pattern.length() + 1, true);
      }
      var translation = new XPathPattern(pattern, flags.indexOf('x') >= 0, flags.indexOf('s') >= 0);
      String translated = translation.translate();
      Pattern compiled = Pattern.compile(translated, options);
      return new Regex(compiled, translation.size + 1, false);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("the pattern is not valid: " + e.getDescription(), e);
    }
  }

  private String translate() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      switch (c) {
        case '\\' -> escape(false);
        case '[' -> charClass();
        case '.' -> atom(dotAll ? "(?s:.)" : "[^\n\r]");
        case '(' -> open();
        case ')' -> close();
        case '{' -> repeat();
        case '*', '+', '?' -> out.append(c);
        case '|', '^', '$' -> out.append(c);
        case ' ', '\t', '\n', '\r' -> {
          if (!free) {
            atom(String.valueOf(c));
          }
        }
        default -> atom(String.valueOf(c));
      }
    }
    return out.toString();
  }

  private void atom(String translated) {
    out.append(translated);
    grow(1);
  }

  private void grow(long states) {
    atom = states;
    size += states;
    if (size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "the pattern is too big when its repetitions are written out");
    }
  }

  private void open() {
    if (text.startsWith("?:", at)) {
      out.append("(?:");
      at += 2;
    } else if (text.startsWith("?", at)) {
      throw new IllegalArgumentException("the pattern has a group that XPath does not know");
    } else {
      out.append('(');
    }
    groups.push(size);
  }

  private void close() {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("the pattern has a ')' too many");
    }
    out.append(')');
    long inner = size - groups.pop();
    size -= inner;
    grow(inner + 1);
  }

  // {n}, {n,} and {n,m} write their atom out so many times.
  private void repeat() {
    int end = text.indexOf('}', at);
    String counts = end < 0 ? "" : text.substring(at, end);
    if (!counts.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
      throw new IllegalArgumentException("the pattern has a '{' that is no repetition");
    }
    String last = counts.substring(counts.indexOf(',') + 1);
    long times = Long.parseLong(last.isEmpty() ? counts.substring(0, counts.length() - 1) : last);
    size -= atom;
    grow(atom * Math.max(1, times));
    out.append('{').append(counts).append('}');
    at = end + 1;
  }

  private void escape(boolean inClass) {
    if (at == text.length()) {
      throw new IllegalArgumentException("the pattern ends with a '\\'");
    }
    char c = text.charAt(at++);
    if (Character.isDigit(c)) {
      throw new IllegalArgumentException(
          "the pattern refers back to a group: such patterns can take for ever");
    }
    String translated =
        switch (c) {
          case 'n' -> "\n";
          case 'r' -> "\r";
          case 't' -> "\t";
          case 'd' -> "\\p{Nd}";
          case 'D' -> "\\P{Nd}";
          case 's' -> inClass ? " \t\n\r" : "[ \t\n\r]";
          case 'S' -> inClass ? "\\S" : "[^ \t\n\r]";
          case 'w' -> oneOf("\\p{L}\\p{M}\\p{N}\\p{S}", inClass);
          case 'W' -> oneOf("\\p{P}\\p{Z}\\p{C}", inClass);
          case 'i' -> oneOf("\\p{L}_:", inClass);
          case 'c' -> oneOf("\\p{L}\\p{M}\\p{Nd}._:\\-\u00b7", inClass);
          case 'p', 'P' -> category(c, inClass);
          default -> literal(c);
        };
    if (inClass) {
      out.append(translated);
    } else {
      atom(translated);
    }
  }

  private static String oneOf(String members, boolean inClass) {
    return inClass ? members : "[" + members + "]";
  }

  private static String literal(char c) {
    if (LITERAL_ESCAPES.indexOf(c) < 0) {
      throw new IllegalArgumentException(
          "the pattern has an escape '\\" + c + "' that XPath does not know");
    }
    return "\\" + c;
  }

  private String category(char kind, boolean inClass) {
    int end = text.indexOf('}', at);
    String name = end < 0 ? "" : text.substring(at, end + 1);
    if (free) {
      name = name.replaceAll("\\s", "");
    }
    at = end + 1;
    if (name.equals("{IsBasicLatin}") && (kind == 'p' || !inClass)) {
      return oneOf((kind == 'p' ? "" : "^") + "\\x{00}-\\x{7F}", inClass);
    }
    if (!name.matches("\\{[A-Z][a-z]?}")) {
      throw new IllegalArgumentException(
          "the pattern has a category that cannot be matched: " + name);
    }
    return "\\" + kind + name;
  }

  private void charClass() {
    out.append('[');
    if (text.startsWith("^", at)) {
      out.append('^');
      at++;
    }
    int start = at;
    while (at < text.length() && text.charAt(at) != ']') {
      char c = text.charAt(at++);
      if (c == '\\') {
        escape(true);
      } else if (c == '[') {
        throw new IllegalArgumentException("the pattern has a class within a class");
      } else {
        out.append(c);
      }
    }
    if (at == text.length() || at == start) {
      throw new IllegalArgumentException("the pattern has a class without an end");
    }
    out.append(']');
    at++;
    grow(1);
  }
}
