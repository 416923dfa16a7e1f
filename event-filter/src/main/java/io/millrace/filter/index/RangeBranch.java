package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import io.millrace.filter.predicate.Condition;
import io.millrace.filter.predicate.Path;
import io.millrace.filter.predicate.Range;
import io.millrace.filter.predicate.Single;
import io.millrace.filter.predicate.Within;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * By the range that a number must be in: all ranges in their order, in an immutable tree, of which
 * a change replaces the way from the root.
 */
final class RangeBranch<T> implements Branch<T> {

  private final Path path;
  private volatile @Nullable RangeNode<T> root;

  RangeBranch(Path path) {
    this.path = path;
  }

  @Override
  public boolean takes(Condition condition) {
    return condition instanceof Within within && within.path().equals(path);
  }

  @Override
  public void add(Condition condition, Item<T> item) {
    var within = (Within) condition;
    Item<T> rest = item.without(condition, 1);
    RangeNode.Cell<T> cell = cell(within.range());
    if (cell == null) {
      var created = new RangeNode.Cell<>(within, rest);
      root = root == null ? RangeNode.of(created) : root.plus(created);
    } else {
      cell.place = cell.place.add(rest);
    }
  }

  @Override
  public boolean remove(Condition condition, Item<T> item) {
    RangeNode.Cell<T> cell = cell(((Within) condition).range());
    if (cell == null || !cell.place.remove(item.without(condition, 1))) {
      return false;
    }
    if (cell.place.isEmpty() && root != null) {
      root = root.minus(cell);
    }
    return true;
  }

  @Override
  public boolean isEmpty() {
    return root == null;
  }

  @Override
  public void find(EventView event, Finder<? super T> finder) {
    RangeNode<T> tree = root;
    Object value = path.read(event);
    if (tree != null && value != null && Single.unwrap(value) instanceof BigDecimal number) {
      tree.find(number.doubleValue(), value, event, finder);
    }
  }

  private RangeNode.@Nullable Cell<T> cell(Range range) {
    return root == null ? null : root.cell(range);
  }
}
