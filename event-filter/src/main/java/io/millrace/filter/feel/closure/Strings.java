package io.millrace.filter.feel.closure;

/** Bounds of the strings that an expression builds. */
final class Strings {

  /** So many characters are one step. */
  static final int STEP = 64;

  private Strings() {}

  static String join(String left, String right, Evaluation evaluation) {
    charge((long) left.length() + right.length(), evaluation);
    return left + right;
  }

  /** To be called before a string of that length is built. */
  static void charge(long length, Evaluation evaluation) {
    if (length > Budget.MAX_STRING) {
      throw new OverBudgetException("a string grows too long");
    }
    evaluation.spend(length / STEP);
  }

  /** To be called before one text is searched for another. */
  static void chargeSearch(String text, String part, Evaluation evaluation) {
    long starts = Math.max(0, text.length() - part.length()) + 1L;
    evaluation.spend(1 + starts * part.length() / (2 * STEP));
  }
}
