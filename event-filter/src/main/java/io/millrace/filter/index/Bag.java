package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import io.millrace.filter.predicate.Condition;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Items in no order, one after the other in memory. A slot is written once visible to readers, by
 * one release store, and emptied in the same way: items never move within an array that someone may
 * be reading, so a reader meets every item that was there all the time. One writer at a time.
 */
final class Bag<T> {

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

  private volatile Object[] slots = new Object[1];
  private int used;
  private int size;

  int size() {
    return size;
  }

  void add(Item<T> item) {
    if (used == slots.length) {
      slots = repacked();
    }
    SLOT.setRelease(slots, used++, item);
    size++;
  }

  boolean remove(T owner) {
    for (int i = 0; i < used; i++) {
      Item<T> item = at(slots, i);
      if (item != null && item.owner() == owner) {
        SLOT.setRelease(slots, i, null);
        size--;
        return true;
      }
    }
    return false;
  }

  void find(EventView event, Finder<? super T> finder) {
    Object[] all = slots;
    for (int i = 0; i < all.length; i++) {
      Item<T> item = at(all, i);
      if (item != null && holds(item.conditions(), event)) {
        finder.found(item.owner());
      }
    }
  }

  void forEach(Consumer<Item<T>> visitor) {
    for (int i = 0; i < used; i++) {
      Item<T> item = at(slots, i);
      if (item != null) {
        visitor.accept(item);
      }
    }
  }

  private static boolean holds(List<Condition> conditions, EventView event) {
    for (int i = 0; i < conditions.size(); i++) {
      if (!conditions.get(i).accepts(event)) {
        return false;
      }
    }
    return true;
  }

  // Slots hold nothing but items of this bag.
  @SuppressWarnings("unchecked")
  private static <T> @Nullable Item<T> at(Object[] slots, int index) {
    return (Item<T>) SLOT.getAcquire(slots, index);
  }

  /** A new array without the empty slots, and with room. */
  private Object[] repacked() {
    Object[] packed = new Object[size < 4 ? size + 1 : size + size / 2];
    int count = 0;
    for (Object slot : Arrays.asList(slots)) {
      if (slot != null) {
        packed[count++] = slot;
      }
    }
    used = count;
    return packed;
  }
}
