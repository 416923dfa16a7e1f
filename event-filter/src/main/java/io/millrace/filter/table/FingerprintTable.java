package io.millrace.filter.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to a {@link Fingerprint}. A look-up reads one line of memory with fingerprints and
 * one with values, and waits for neither before the other. One writer at a time; readers at any
 * time, who never wait; a change is seen at once.
 *
 * <p>Open addressing. A place keeps its fingerprint as long as the arrays live, so that a reader
 * who found the one reads the value of the other; what was removed leaves its place empty until all
 * is copied to new arrays, because there are too many such places or too few free ones.
 *
 * @param <V> what belongs to a fingerprint
 */
public class FingerprintTable<V> {

  private static final VarHandle VALUE = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final Object REMOVED = new Object();

  private volatile Content content = new Content(1);

  /** Places with a fingerprint. */
  private int used;

  private int size;

  /** What belongs there; null for nothing. */
  // Only values are put.
  @SuppressWarnings("unchecked")
  public final @Nullable V get(long first, long second) {
    Content in = content;
    for (int at = in.start(first); ; at = in.next(at)) {
      Object value = VALUE.getAcquire(in.values, at);
      if (value == null) {
        return null;
      }
      if (in.fingerprints[2 * at] == first && in.fingerprints[2 * at + 1] == second) {
        return value == REMOVED ? null : (V) value;
      }
    }
  }

  public final @Nullable V get(Fingerprint fingerprint) {
    return get(fingerprint.first(), fingerprint.second());
  }

  /** Puts what belongs there, null for nothing, in the place of what did. */
  public final void put(Fingerprint fingerprint, @Nullable V value) {
    long first = fingerprint.first();
    long second = fingerprint.second();
    int at = content.find(first, second);
    Object former = content.values[at];
    if (former == null && value != null) {
      if (2 * (used + 1) > content.values.length) {
        copy();
        at = content.find(first, second);
      }
      content.fingerprints[2 * at] = first;
      content.fingerprints[2 * at + 1] = second;
      used++;
    }
    if (former != null || value != null) {
      VALUE.setRelease(content.values, at, value == null ? REMOVED : value);
      size += (value == null ? 0 : 1) - (former == null || former == REMOVED ? 0 : 1);
    }
    if (size == 0 && used > 0) {
      used = 0;
      content = new Content(1);
    }
  }

  public final boolean isEmpty() {
    return size == 0;
  }

  private void copy() {
    Content from = content;
    // At most a third is used then, so the next copy is far away.
    Content to = new Content(Math.max(4, Integer.highestOneBit(3 * (size + 1) - 1) * 2));
    for (int i = 0; i < from.values.length; i++) {
      Object value = from.values[i];
      if (value != null && value != REMOVED) {
        int at = to.find(from.fingerprints[2 * i], from.fingerprints[2 * i + 1]);
        to.fingerprints[2 * at] = from.fingerprints[2 * i];
        to.fingerprints[2 * at + 1] = from.fingerprints[2 * i + 1];
        to.values[at] = value;
      }
    }
    used = size;
    content = to;
  }

  /** A power of two of places, at least one of them free. */
  private static final class Content {

    // Knuth, "The Art of Computer Programming", 6.4: spreads neighbours over the whole table.
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    final long[] fingerprints;
    final @Nullable Object[] values;

    Content(int places) {
      fingerprints = new long[2 * places];
      values = new Object[places];
    }

    int start(long first) {
      // The highest bits. In two steps, since a shift by 64 is none.
      return (int) ((first * GOLDEN) >>> 1 >>> (Integer.numberOfLeadingZeros(values.length) + 32));
    }

    int next(int at) {
      return (at + 1) & (values.length - 1);
    }

    /** Where that fingerprint is, or else where it would be put. */
    int find(long first, long second) {
      int at = start(first);
      while (values[at] != null
          && (fingerprints[2 * at] != first || fingerprints[2 * at + 1] != second)) {
        at = next(at);
      }
      return at;
    }
  }
}
