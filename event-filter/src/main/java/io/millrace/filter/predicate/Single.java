package io.millrace.filter.predicate;

import org.jspecify.annotations.Nullable;

/** The only value of a list. */
public record Single(Object value) {

  /** The value itself, taken out of its list if it is in one. */
  public static @Nullable Object unwrap(@Nullable Object value) {
    return value instanceof Single single ? single.value : value;
  }
}
