package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import io.millrace.filter.predicate.Range;
import io.millrace.filter.predicate.Single;
import io.millrace.filter.predicate.Within;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of an immutable B+ tree of ranges in their order, each subtree with the highest of its
 * upper bounds: an interval tree. A search for the ranges that contain a number goes only where
 * there are some, so it costs the matches and the depth. Bounds are kept as doubles, which keep the
 * order of the numbers; only where one is equal to the number's own double is the exact number
 * asked.
 *
 * <p>Source: augmented search trees, Cormen et al., "Introduction to Algorithms", chapter 14.3.
 */
final class RangeNode<T> {

  private static final int MAX = 32;

  // Of leaves the cells, of others the nodes.
  private final Object[] kids;
  private final Range[] first;
  private final double[] lowest;
  private final double[] highest;
  private final double top;
  private final boolean leaf;

  private RangeNode(Object[] kids, boolean leaf) {
    this.kids = kids;
    this.leaf = leaf;
    this.first = new Range[leaf ? 0 : kids.length];
    this.lowest = new double[kids.length];
    this.highest = new double[kids.length];
    double top = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < kids.length; i++) {
      if (leaf) {
        lowest[i] = kid(i).low;
        highest[i] = kid(i).high;
      } else {
        first[i] = node(i).firstRange();
        lowest[i] = node(i).lowest[0];
        highest[i] = node(i).top;
      }
      top = Math.max(top, highest[i]);
    }
    this.top = top;
  }

  static <T> RangeNode<T> of(Cell<T> cell) {
    return new RangeNode<>(new Object[] {cell}, true);
  }

  void find(double number, Object value, EventView event, Finder<? super T> finder) {
    for (int i = 0; i < kids.length && lowest[i] <= number; i++) {
      if (highest[i] < number) {
        continue;
      }
      if (!leaf) {
        node(i).find(number, value, event, finder);
      } else if (isInside(i, number, value)) {
        kid(i).place.find(event, finder);
      }
    }
  }

  private boolean isInside(int i, double number, Object value) {
    return (lowest[i] < number && number < highest[i] && !(value instanceof Single))
        || kid(i).within.accepts(value);
  }

  @Nullable Cell<T> cell(Range range) {
    int i = place(range);
    if (i < 0) {
      return null;
    }
    if (!leaf) {
      return node(i).cell(range);
    }
    return range(i).equals(range) ? kid(i) : null;
  }

  /** With a cell whose range no other has. */
  RangeNode<T> plus(Cell<T> cell) {
    Object[] more = inserted(cell);
    if (more.length <= MAX) {
      return new RangeNode<>(more, leaf);
    }
    return new RangeNode<>(halves(more), false);
  }

  private Object[] inserted(Cell<T> cell) {
    int i = place(cell.within.range());
    if (leaf) {
      return replaced(i + 1, 0, cell);
    }
    int child = Math.max(i, 0);
    Object[] changed = node(child).inserted(cell);
    RangeNode<T> node = node(child);
    return changed.length <= MAX
        ? replaced(child, 1, new RangeNode<T>(changed, node.leaf))
        : replaced(child, 1, node.halves(changed));
  }

  /** Without that cell; null if it was the last. */
  @Nullable RangeNode<T> minus(Cell<T> cell) {
    int i = place(cell.within.range());
    RangeNode<T> rest = leaf ? null : node(i).minus(cell);
    Object[] fewer = rest == null ? replaced(i, 1) : replaced(i, 1, rest);
    return fewer.length == 0 ? null : new RangeNode<>(fewer, leaf);
  }

  private Object[] halves(Object[] many) {
    int half = many.length / 2;
    return new Object[] {
      new RangeNode<T>(Arrays.copyOfRange(many, 0, half), leaf),
      new RangeNode<T>(Arrays.copyOfRange(many, half, many.length), leaf)
    };
  }

  private Object[] replaced(int at, int old, Object... by) {
    Object[] result = new Object[kids.length - old + by.length];
    System.arraycopy(kids, 0, result, 0, at);
    System.arraycopy(by, 0, result, at, by.length);
    System.arraycopy(kids, at + old, result, at + by.length, kids.length - at - old);
    return result;
  }

  /** The last whose first range is not after that one; -1 if all are. */
  private int place(Range range) {
    double bound = low(range);
    int low = 0;
    int high = kids.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Double.compare(lowest[middle], bound);
      if (order == 0) {
        order = (leaf ? range(middle) : first[middle]).compareTo(range);
      }
      if (order <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  private static double low(Range range) {
    return range.lower() == null ? Double.NEGATIVE_INFINITY : range.lower().doubleValue();
  }

  private static double high(Range range) {
    return range.upper() == null ? Double.POSITIVE_INFINITY : range.upper().doubleValue();
  }

  private Range firstRange() {
    return leaf ? range(0) : first[0];
  }

  private Range range(int i) {
    return kid(i).within.range();
  }

  @SuppressWarnings("unchecked")
  private Cell<T> kid(int i) {
    return (Cell<T>) kids[i];
  }

  @SuppressWarnings("unchecked")
  private RangeNode<T> node(int i) {
    return (RangeNode<T>) kids[i];
  }

  /** A range and the items with it. */
  static final class Cell<T> {

    final Within within;
    final double low;
    final double high;
    volatile Place<T> place;

    Cell(Within within, Place<T> place) {
      this.within = within;
      this.low = low(within.range());
      this.high = high(within.range());
      this.place = place;
    }
  }
}
