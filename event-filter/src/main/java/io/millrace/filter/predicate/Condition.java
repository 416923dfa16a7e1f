package io.millrace.filter.predicate;

import io.millrace.filter.event.EventView;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of a value of the event with literals, such as {@code amount > 100}. It is either
 * true or it does not hold: FEEL's false and null are one here, since only {@code true} matches.
 *
 * <p>A list of one value is compared as FEEL's engine does it: it equals what its value equals,
 * starts as its value starts, and has no order; a list of any other size satisfies nothing.
 */
public sealed interface Condition permits OneOf, Within, StartsWith {

  Path path();

  /** Whether it holds for a value that {@link Path#read} gave. */
  boolean accepts(@Nullable Object value);

  default boolean accepts(EventView event) {
    return accepts(path().read(event));
  }
}
