package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import org.jspecify.annotations.Nullable;

/**
 * Where a way through the index ends: one item, which is most of them, a few owners, or a bucket.
 * One writer at a time; readers at any time.
 *
 * @param <T> whom an item stands for
 */
public sealed interface Place<T> permits Item, Few, Bucket {

  /** Hands out the owners of all items whose conditions hold. */
  void find(EventView event, Finder<? super T> finder);

  /** This place, or the one to be put in its place. */
  Place<T> add(Item<T> item);

  /** Removes the item of that owner that was added with these conditions; whether it was here. */
  boolean remove(Item<T> item);

  /** Whether nothing is left, once something was removed. */
  boolean isEmpty();

  /** A place with an item more. */
  static <T> Place<T> with(@Nullable Place<T> place, Item<T> item) {
    return place == null ? item : place.add(item);
  }
}
