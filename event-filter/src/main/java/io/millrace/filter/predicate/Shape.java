package io.millrace.filter.predicate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of an expression without its literals. Texts of one shape, such as {@code amount > 1}
 * and {@code amount > 2}, have the same tree but for these literals, so what was read out of one
 * tells what the others demand, and parsing, which costs far more than all the rest, is saved.
 *
 * @param text the expression with each string, and each number's digits, replaced by a sample
 * @param literals strings and numbers in the order of the text
 */
public record Shape(String text, List<Object> literals) {

  // Samples are told apart by their number, so they must not run out of their width.
  private static final int MAX_LITERALS = 64;
  private static final int FIRST_SAMPLE = 70001;

  public Shape {
    literals = List.copyOf(literals);
  }

  /** Null if the text has something (a comment, an escape) that only the parser should judge. */
  public static @Nullable Shape of(String expression) {
    var shape = new StringBuilder(expression.length() + 16);
    List<Object> literals = new ArrayList<>();
    int at = 0;
    while (at < expression.length()) {
      char c = expression.charAt(at);
      int end;
      if (c == '"') {
        end = expression.indexOf('"', at + 1) + 1;
        if (end == 0 || expression.indexOf('\\', at) >= 0) {
          return null;
        }
        shape.append('"').append(sample(literals.size())).append('"');
        literals.add(expression.substring(at + 1, end - 1));
      } else if (isDigit(c)) {
        end = endOfNumber(expression, at);
        if (isOdd(expression, at, end)) {
          return null;
        }
        boolean fraction = expression.substring(at, end).indexOf('.') >= 0;
        shape.append(FIRST_SAMPLE + literals.size()).append(fraction ? ".5" : "");
        literals.add(new BigDecimal(expression.substring(at, end), MathContext.DECIMAL128));
      } else if (isName(c)) {
        end = endOfName(expression, at);
        shape.append(expression, at, end);
      } else if (expression.startsWith("..", at)) {
        end = at + 2;
        shape.append("..");
      } else if (c > '~' || c == '/' || c == '@' || (c == '.' && !isPathDot(expression, at))) {
        return null;
      } else {
        end = at + 1;
        shape.append(c);
      }
      at = end;
    }
    return literals.isEmpty() || literals.size() > MAX_LITERALS
        ? null
        : new Shape(shape.toString(), literals);
  }

  /** The place in {@link #literals} of what a sample in {@link #text} stands for. */
  static int indexOf(Object sample) {
    return sample instanceof BigDecimal number
        ? number.abs().intValue() - FIRST_SAMPLE
        : Integer.parseInt(sample.toString().substring(1));
  }

  private static String sample(int index) {
    return "#" + index;
  }

  // 007, 0x7, 7L: the parser has its own ideas of them.
  private static boolean isOdd(String text, int start, int end) {
    boolean leadingZero =
        text.charAt(start) == '0' && end > start + 1 && isDigit(text.charAt(start + 1));
    return leadingZero || (end < text.length() && isName(text.charAt(end)));
  }

  private static boolean isPathDot(String text, int at) {
    return at > 0
        && (isName(text.charAt(at - 1)) || isDigit(text.charAt(at - 1)))
        && at + 1 < text.length()
        && isName(text.charAt(at + 1));
  }

  private static int endOfName(String text, int start) {
    int end = start;
    while (end < text.length() && (isName(text.charAt(end)) || isDigit(text.charAt(end)))) {
      end++;
    }
    return end;
  }

  private static int endOfNumber(String text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    if (end + 1 < text.length() && text.charAt(end) == '.' && isDigit(text.charAt(end + 1))) {
      end++;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }
}
