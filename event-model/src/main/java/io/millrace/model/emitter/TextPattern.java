package io.millrace.model.emitter;

/**
 * A text, or the beginning of one: a final {@code *} stands for any rest, also none. Source:
 * Acronis Event Manager (CTI wildcards).
 */
public record TextPattern(String text) {

  private static final String REST = "*";

  public TextPattern {
    int star = text.indexOf(REST);
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a pattern must not be empty");
    }
    if (star >= 0 && star < text.length() - 1) {
      throw new IllegalArgumentException("a pattern has * only as its last character");
    }
  }

  /** Whether only the text itself is meant. */
  public boolean exact() {
    return !text.endsWith(REST);
  }

  /** What such texts begin with. */
  public String prefix() {
    return exact() ? text : text.substring(0, text.length() - 1);
  }

  public boolean matches(String other) {
    return exact() ? other.equals(text) : other.startsWith(prefix());
  }

  /** Whether it takes in everything that the other one matches. */
  public boolean covers(TextPattern other) {
    return exact() ? other.equals(this) : other.prefix().startsWith(prefix());
  }

  @Override
  public String toString() {
    return text;
  }
}
