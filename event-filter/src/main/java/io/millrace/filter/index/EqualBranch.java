package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import io.millrace.filter.predicate.Condition;
import io.millrace.filter.predicate.NumberKey;
import io.millrace.filter.predicate.OneOf;
import io.millrace.filter.predicate.Path;
import io.millrace.filter.predicate.Single;
import io.millrace.filter.table.Fingerprint;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** By the literal that a path must equal; one of a list lies under each value of the list. */
final class EqualBranch<T> implements Branch<T> {

  // Whole numbers below have a double and a long of their own.
  private static final double WHOLE = 1e15;

  private final Path path;
  private final Table<T> byKey = new Table<>();

  /** Numbers that are no such whole numbers, which few filters compare with. */
  private volatile @Nullable Map<Object, Place<T>> byNumber;

  EqualBranch(Path path) {
    this.path = path;
  }

  @Override
  public boolean takes(Condition condition) {
    return condition instanceof OneOf equal && equal.path().equals(path);
  }

  @Override
  public void add(Condition condition, Item<T> item) {
    var keys = ((OneOf) condition).keys();
    Item<T> rest = item.without(condition, keys.size());
    for (Object key : keys) {
      Fingerprint fingerprint = fingerprint(key);
      if (fingerprint != null) {
        byKey.add(fingerprint, rest);
      } else {
        numbers().compute(key, (same, place) -> Place.with(place, rest));
      }
    }
  }

  @Override
  public boolean remove(Condition condition, Item<T> item) {
    Item<T> rest = item.without(condition, 1);
    boolean removed = false;
    for (Object key : ((OneOf) condition).keys()) {
      Fingerprint fingerprint = fingerprint(key);
      removed |= fingerprint != null ? byKey.remove(fingerprint, rest) : removeNumber(key, rest);
    }
    return removed;
  }

  private boolean removeNumber(Object key, Item<T> item) {
    Place<T> place = numbers().get(key);
    if (place == null || !place.remove(item)) {
      return false;
    }
    if (place.isEmpty()) {
      numbers().remove(key);
    }
    return true;
  }

  @Override
  public boolean isEmpty() {
    return byKey.isEmpty() && (byNumber == null || byNumber.isEmpty());
  }

  @Override
  public void find(EventView event, Finder<? super T> finder) {
    Object value = Single.unwrap(path.read(event));
    if (value == null) {
      return;
    }
    Fingerprint fingerprint = fingerprint(value);
    Place<T> place = fingerprint != null ? byKey.get(fingerprint) : number(value);
    if (place != null) {
      place.find(event, finder);
    }
  }

  private @Nullable Place<T> number(Object value) {
    Map<Object, Place<T>> numbers = byNumber;
    return numbers == null ? null : numbers.get(OneOf.key(value));
  }

  private Map<Object, Place<T>> numbers() {
    Map<Object, Place<T>> numbers = byNumber;
    if (numbers == null) {
      numbers = new ConcurrentHashMap<>(4);
      byNumber = numbers;
    }
    return numbers;
  }

  /** The same for all that are equal; null for numbers that are not whole or too large. */
  private static @Nullable Fingerprint fingerprint(Object value) {
    if (value instanceof String text) {
      return Fingerprint.of(text);
    }
    if (value instanceof Boolean truth) {
      return Fingerprint.of(truth);
    }
    var number = value instanceof NumberKey key ? key.value() : (BigDecimal) value;
    double nearest = number.doubleValue();
    boolean whole =
        Math.abs(nearest) < WHOLE
            && Math.rint(nearest) == nearest
            && (number.scale() == 0 || number.compareTo(BigDecimal.valueOf((long) nearest)) == 0);
    return whole ? Fingerprint.of((long) nearest) : null;
  }
}
