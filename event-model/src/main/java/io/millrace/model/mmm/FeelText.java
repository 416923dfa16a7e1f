package io.millrace.model.mmm;

/** Texts of strangers as FEEL literals. */
final class FeelText {

  private FeelText() {}

  /** A literal of exactly this text: whatever is not plain is escaped, so nothing can end it. */
  static String quote(String text) {
    StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        literal.append("\\u%04X".formatted((int) c));
      } else {
        literal.append(c);
      }
    }
    return literal.append('"').toString();
  }
}
