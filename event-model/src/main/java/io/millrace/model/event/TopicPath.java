package io.millrace.model.event;

import java.util.List;

/**
 * A hierarchical topic such as {@code service/production/finance}: one to {@value #MAX_LEVELS}
 * levels, none of them empty. A path contains itself and everything below it.
 *
 * <p>Sources: Trisotech DES (topics as arrays of levels), Volt MX Foundry (levels joined by {@code
 * /}, with or without one leading slash).
 */
public record TopicPath(List<String> levels) {

  public static final String SEPARATOR = "/";
  public static final int MAX_LEVELS = 32;
  public static final int MAX_LENGTH = 1024;

  /**
   * Checks the levels.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong, without naming the
   *     field it came from
   */
  public TopicPath {
    levels = List.copyOf(levels);
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("a topic needs at least one level");
    }
    if (levels.size() > MAX_LEVELS) {
      throw new IllegalArgumentException("a topic has at most " + MAX_LEVELS + " levels");
    }
    levels.forEach(TopicPath::checkLevel);
    if (length(levels) > MAX_LENGTH) {
      throw new IllegalArgumentException("a topic has at most " + MAX_LENGTH + " characters");
    }
  }

  /**
   * Reads {@code a/b/c}; one leading slash is ignored, since the vendors' own code writes topics
   * with and without it.
   */
  public static TopicPath parse(String text) {
    if (text.length() > MAX_LENGTH + 1) {
      throw new IllegalArgumentException("a topic has at most " + MAX_LENGTH + " characters");
    }
    String path = text.startsWith(SEPARATOR) ? text.substring(1) : text;
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a topic needs at least one level");
    }
    return new TopicPath(List.of(path.split(SEPARATOR, -1)));
  }

  /** Whether {@code other} is this topic or one below it. */
  public boolean contains(TopicPath other) {
    return other.levels.size() >= levels.size()
        && other.levels.subList(0, levels.size()).equals(levels);
  }

  /** The levels joined by {@code /}, without a leading slash. */
  @Override
  public String toString() {
    return String.join(SEPARATOR, levels);
  }

  private static void checkLevel(String level) {
    if (level.isBlank()) {
      throw new IllegalArgumentException("a level of a topic must not be empty");
    }
    if (level.contains(SEPARATOR)) {
      throw new IllegalArgumentException("a level of a topic must not contain '/'");
    }
    if (level.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a topic must not contain control characters");
    }
  }

  private static int length(List<String> levels) {
    return levels.stream().mapToInt(String::length).sum() + levels.size() - 1;
  }
}
