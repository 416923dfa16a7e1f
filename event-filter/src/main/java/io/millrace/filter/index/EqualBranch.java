package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import io.millrace.filter.predicate.Condition;
import io.millrace.filter.predicate.OneOf;
import io.millrace.filter.predicate.Path;
import io.millrace.filter.predicate.Single;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** By the literal that a path must equal; one of a list lies under each value of the list. */
final class EqualBranch<T> implements Branch<T> {

  private final Path path;
  private final Map<Object, Bucket<T>> byKey = new ConcurrentHashMap<>(4);

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
      Buckets.add(byKey, key, rest);
    }
  }

  @Override
  public boolean remove(Condition condition, Item<T> item) {
    Item<T> rest = item.without(condition, 1);
    boolean removed = false;
    for (Object key : ((OneOf) condition).keys()) {
      removed |= Buckets.remove(byKey, key, rest);
    }
    return removed;
  }

  @Override
  public boolean isEmpty() {
    return byKey.isEmpty();
  }

  @Override
  public void find(EventView event, Finder<? super T> finder) {
    Object value = Single.unwrap(path.read(event));
    Bucket<T> bucket = value == null ? null : byKey.get(OneOf.key(value));
    if (bucket != null) {
      bucket.find(event, finder);
    }
  }
}
