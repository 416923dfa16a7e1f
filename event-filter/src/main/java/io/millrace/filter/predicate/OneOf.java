package io.millrace.filter.predicate;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Equality with a literal, or with one of several.
 *
 * @param keys the literals, as {@link #key} gives them
 */
public record OneOf(Path path, Set<Object> keys) implements Condition {

  public OneOf {
    keys = Set.copyOf(keys);
  }

  /** From strings, booleans and {@code BigDecimal}s. */
  public static OneOf of(Path path, Collection<?> literals) {
    return new OneOf(path, literals.stream().map(OneOf::key).collect(Collectors.toSet()));
  }

  /** What a literal or a value of an event is compared by: equal if FEEL's {@code =} is true. */
  public static Object key(Object scalar) {
    return scalar instanceof BigDecimal number ? new NumberKey(number) : scalar;
  }

  @Override
  public boolean accepts(@Nullable Object value) {
    Object scalar = Single.unwrap(value);
    return scalar != null && keys.contains(key(scalar));
  }
}
