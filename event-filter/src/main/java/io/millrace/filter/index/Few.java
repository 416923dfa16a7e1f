package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Up to six owners of whom nothing is asked, all in one line of memory: who finds them waits once.
 */
final class Few<T> implements Place<T> {

  private volatile @Nullable T a;
  private volatile @Nullable T b;
  private volatile @Nullable T c;
  private volatile @Nullable T d;
  private volatile @Nullable T e;
  private volatile @Nullable T f;

  Few(T first, T second) {
    a = first;
    b = second;
  }

  @Override
  public void find(EventView event, Finder<? super T> finder) {
    each(finder::settled);
  }

  private void each(Consumer<? super T> visitor) {
    visit(a, visitor);
    visit(b, visitor);
    visit(c, visitor);
    visit(d, visitor);
    visit(e, visitor);
    visit(f, visitor);
  }

  private static <T> void visit(@Nullable T owner, Consumer<? super T> visitor) {
    if (owner != null) {
      visitor.accept(owner);
    }
  }

  @Override
  public Place<T> add(Item<T> item) {
    return item.isPlain() && replace(null, item.owner()) ? this : bucket().add(item);
  }

  @Override
  public boolean remove(Item<T> item) {
    return item.isPlain() && replace(item.owner(), null);
  }

  @Override
  public boolean isEmpty() {
    return a == null && b == null && c == null && d == null && e == null && f == null;
  }

  private boolean replace(@Nullable T former, @Nullable T owner) {
    if (a == former) {
      a = owner;
    } else if (b == former) {
      b = owner;
    } else if (c == former) {
      c = owner;
    } else if (d == former) {
      d = owner;
    } else if (e == former) {
      e = owner;
    } else if (f == former) {
      f = owner;
    } else {
      return false;
    }
    return true;
  }

  private Bucket<T> bucket() {
    Bucket<T> bucket = new Bucket<>();
    each(bucket::append);
    return bucket;
  }
}
