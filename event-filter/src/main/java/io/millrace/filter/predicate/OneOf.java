package io.millrace.filter.predicate;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Equality with a literal, or with one of several. */
public final class OneOf implements Condition {

  private final Path path;
  private final Set<Object> keys;

  // Of one literal the hash code, close at hand: others are mostly told from it without a look.
  private final @Nullable Object only;
  private final int hash;

  /**
   * Equality of what stands at the path.
   *
   * @param keys the literals, as {@link #key} gives them
   */
  public OneOf(Path path, Set<Object> keys) {
    this.path = path;
    this.keys = Set.copyOf(keys);
    this.only = keys.size() == 1 ? keys.iterator().next() : null;
    this.hash = only == null ? 0 : only.hashCode();
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
  public Path path() {
    return path;
  }

  public Set<Object> keys() {
    return keys;
  }

  @Override
  public boolean accepts(@Nullable Object value) {
    Object scalar = Single.unwrap(value);
    if (scalar == null) {
      return false;
    }
    Object key = key(scalar);
    return only == null ? keys.contains(key) : key.hashCode() == hash && key.equals(only);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OneOf equal && path.equals(equal.path) && keys.equals(equal.keys);
  }

  @Override
  public int hashCode() {
    return 31 * path.hashCode() + keys.hashCode();
  }

  @Override
  public String toString() {
    return path + " in " + keys;
  }
}
