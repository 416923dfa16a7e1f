package io.millrace.filter.index;

import java.util.Map;

/** Buckets in a concurrent map, which come with their first item and go with their last. */
final class Buckets {

  private Buckets() {}

  static <A, T> void add(Map<A, Bucket<T>> map, A key, Item<T> item) {
    Bucket<T> bucket = map.get(key);
    Bucket<T> changed = bucket == null ? new Bucket<>(item) : bucket.add(item);
    if (changed != bucket) {
      map.put(key, changed);
    }
  }

  static <A, T> boolean remove(Map<A, Bucket<T>> map, A key, Item<T> item) {
    Bucket<T> bucket = map.get(key);
    if (bucket == null || !bucket.remove(item)) {
      return false;
    }
    if (bucket.isEmpty()) {
      map.remove(key);
    }
    return true;
  }
}
