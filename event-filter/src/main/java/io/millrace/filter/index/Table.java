package io.millrace.filter.index;

import io.millrace.filter.table.Fingerprint;
import io.millrace.filter.table.FingerprintTable;
import org.jspecify.annotations.Nullable;

/** Places by fingerprint, which come with their first item and go with their last. */
final class Table<T> {

  private final FingerprintTable<Place<T>> places = new FingerprintTable<>();

  @Nullable Place<T> get(Fingerprint key) {
    return places.get(key);
  }

  void add(Fingerprint key, Item<T> item) {
    Place<T> place = places.get(key);
    Place<T> changed = Place.with(place, item);
    if (changed != place) {
      places.put(key, changed);
    }
  }

  /** Whether it was there. */
  boolean remove(Fingerprint key, Item<T> item) {
    Place<T> place = places.get(key);
    if (place == null || !place.remove(item)) {
      return false;
    }
    if (place.isEmpty()) {
      places.put(key, null);
    }
    return true;
  }

  boolean isEmpty() {
    return places.isEmpty();
  }
}
