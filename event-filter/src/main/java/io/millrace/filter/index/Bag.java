package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Items in no order: one by itself, more in an array. A slot is filled by one release store and
 * emptied in the same way, and items never move within an array that someone may be reading, so a
 * reader meets every item that was there all the time. One writer at a time.
 */
class Bag<T> {

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

  /**
   * Null, an item, or an array of items and nulls. Most bags hold one item: it is close at hand.
   */
  private volatile @Nullable Object content;

  private int used;
  private int size;

  final int size() {
    return size;
  }

  final void append(Item<T> item) {
    if (content == null) {
      content = slot(item);
    } else if (content instanceof Object[] slots && used < slots.length) {
      SLOT.setRelease(slots, used++, slot(item));
    } else {
      content = repacked(item);
    }
    size++;
  }

  final boolean take(T owner) {
    if (!(content instanceof Object[] slots)) {
      if (content == null || owner(content) != owner) {
        return false;
      }
      content = null;
      size = 0;
      return true;
    }
    for (int i = 0; i < used; i++) {
      if (slots[i] != null && owner(slots[i]) == owner) {
        SLOT.setRelease(slots, i, null);
        size--;
        return true;
      }
    }
    return false;
  }

  final void findHere(EventView event, Finder<? super T> finder) {
    Object all = content;
    if (!(all instanceof Object[] slots)) {
      check(all, event, finder);
      return;
    }
    for (int i = 0; i < slots.length; i++) {
      check(SLOT.getAcquire(slots, i), event, finder);
    }
  }

  final void forEach(Consumer<Item<T>> visitor) {
    forEachSlot(slot -> visitor.accept(item(slot)));
  }

  private void forEachSlot(Consumer<Object> visitor) {
    for (Object slot : content instanceof Object[] slots ? slots : new Object[] {content}) {
      if (slot != null) {
        visitor.accept(slot);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private void check(@Nullable Object slot, EventView event, Finder<? super T> finder) {
    if (slot instanceof Item<?> item) {
      if (item.holds(event)) {
        finder.found((T) item.owner());
      }
    } else if (slot != null) {
      finder.found((T) slot);
    }
  }

  private static Object slot(Item<?> item) {
    return item.conditions().isEmpty() ? item.owner() : item;
  }

  private static Object owner(Object slot) {
    return slot instanceof Item<?> item ? item.owner() : slot;
  }

  // A bag holds nothing but items of its own, and their owners.
  @SuppressWarnings("unchecked")
  private Item<T> item(Object slot) {
    return slot instanceof Item<?> item ? (Item<T>) item : new Item<>((T) slot, List.of(), 1);
  }

  /** A new array without the empty slots, with that item and with room. */
  private Object[] repacked(Item<T> added) {
    Object[] packed = new Object[size < 4 ? size + 1 : size + size / 2];
    used = 0;
    forEachSlot(slot -> packed[used++] = slot);
    packed[used++] = slot(added);
    return packed;
  }
}
