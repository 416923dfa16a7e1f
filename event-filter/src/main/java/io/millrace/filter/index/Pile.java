package io.millrace.filter.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Things in no order. A slot is filled by one release store and emptied in the same way, and
 * nothing moves within an array that someone may be reading, so a reader meets everything that was
 * there all the time. One writer at a time. What lies here is handed out unseen, without a wait for
 * its memory.
 */
class Pile<E> {

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final Object[] NONE = {};

  private volatile @Nullable Object[] slots = NONE;
  private int used;
  private int size;

  final int size() {
    return size;
  }

  final void append(E one) {
    if (used == slots.length) {
      slots = repacked();
    }
    SLOT.setRelease(slots, used++, one);
    size++;
  }

  /** Removes the first such one, if there is one; whether there was. */
  // Nothing but E is appended.
  @SuppressWarnings("unchecked")
  final boolean take(Predicate<? super E> wanted) {
    for (int i = 0; i < used; i++) {
      if (slots[i] != null && wanted.test((E) slots[i])) {
        SLOT.setRelease(slots, i, null);
        size--;
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("unchecked")
  final void forEach(Consumer<? super E> visitor) {
    @Nullable Object[] all = slots;
    for (int i = 0; i < all.length; i++) {
      Object one = SLOT.getAcquire(all, i);
      if (one != null) {
        visitor.accept((E) one);
      }
    }
  }

  /** A new array without the empty slots and with room. */
  private @Nullable Object[] repacked() {
    @Nullable Object[] packed = new Object[size < 4 ? size + 1 : size + size / 2];
    int filled = 0;
    for (Object one : slots) {
      if (one != null) {
        packed[filled++] = one;
      }
    }
    used = filled;
    return packed;
  }
}
