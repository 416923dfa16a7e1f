package io.millrace.filter.topic;

import io.millrace.model.event.TopicPath;

/** Whether a text is a topic, told without taking it apart, which every event would pay for. */
final class TopicText {

  private TopicText() {}

  /** Whether {@link TopicPath#parse} takes it. */
  static boolean isReadable(String text) {
    int start = text.startsWith(TopicPath.SEPARATOR) ? 1 : 0;
    if (text.length() - start > TopicPath.MAX_LENGTH) {
      return false;
    }
    int levels = 1;
    boolean blank = true;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '/') {
        if (blank) {
          return false;
        }
        blank = true;
        levels++;
      } else if (Character.isISOControl(c)) {
        return false;
      } else if (blank && !Character.isWhitespace(c)) {
        blank = false;
      }
    }
    return !blank && levels <= TopicPath.MAX_LEVELS;
  }
}
