package io.millrace.filter.index;

import io.millrace.filter.table.Fingerprint;
import io.millrace.filter.table.FingerprintTable;

/** Places by fingerprint, which come with their first item and go with their last. */
final class Table<T> extends FingerprintTable<Place<T>> {

  void add(Fingerprint key, Item<T> item) {
    Place<T> place = get(key);
    Place<T> changed = Place.with(place, item);
    if (changed != place) {
      put(key, changed);
    }
  }

  /** Whether it was there. */
  boolean remove(Fingerprint key, Item<T> item) {
    Place<T> place = get(key);
    if (place == null || !place.remove(item)) {
      return false;
    }
    if (place.isEmpty()) {
      put(key, null);
    }
    return true;
  }
}
