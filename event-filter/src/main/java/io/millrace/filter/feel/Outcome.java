package io.millrace.filter.feel;

/** What an expression said of an event. */
public enum Outcome {
  /** It was {@code true}. */
  TRUE,
  /** It was {@code false}, {@code null} or something else. */
  NOT_TRUE,
  /** It could not be evaluated: counts as not matched, and is worth telling. */
  FAILED
}
