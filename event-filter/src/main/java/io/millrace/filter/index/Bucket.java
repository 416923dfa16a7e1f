package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import io.millrace.filter.predicate.Condition;
import io.millrace.filter.predicate.OneOf;
import io.millrace.filter.predicate.Path;
import io.millrace.filter.predicate.StartsWith;
import io.millrace.filter.predicate.Within;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Items that have the way to them in common. A few are compared one by one; when they get more,
 * each goes into a {@link Branch} by one of its conditions, in whose buckets the same happens with
 * the conditions that are left: equality first, then prefixes, then ranges, so that a range is
 * searched only among items that agree in everything they demand to be equal. An item without such
 * a condition stays and is compared with every event that comes here.
 *
 * <p>One writer at a time; readers at any time. Nothing moves within a bucket: where items must
 * move, {@link #add} answers another bucket that has them all, to be put in this one's place.
 *
 * <p>Source: BE-Tree, Sadoghi and Jacobsen, "Analysis and Optimization for Boolean Expression
 * Indexing" (2013), whose partitions grow by the conditions of their expressions in the same way.
 */
public final class Bucket<T> extends Pile<T> implements Place<T> {

  private static final int FEW = 6;
  private static final int MAX_COPIES = 256;

  // In the pile that this is: owners of whom nothing is asked, which is where most ways end.
  private final Pile<Item<T>> items = new Pile<>();
  private final boolean divided;
  private volatile Branch<T>[] branches = none();

  private Bucket(boolean divided) {
    this.divided = divided;
  }

  public Bucket() {
    this(false);
  }

  @Override
  public Bucket<T> add(Item<T> item) {
    if (divided) {
      place(item, Map.of());
      return this;
    }
    if (items.size() < FEW || item.isPlain()) {
      keep(item);
      return this;
    }
    Bucket<T> division = new Bucket<>(true);
    Map<Path, Integer> popularity = new HashMap<>();
    items.forEach(
        one ->
            one.conditions()
                .forEach(condition -> popularity.merge(condition.path(), 1, Integer::sum)));
    forEach(division::append);
    items.forEach(one -> division.place(one, popularity));
    division.place(item, popularity);
    return division;
  }

  private void keep(Item<T> item) {
    if (item.isPlain()) {
      append(item.owner());
    } else {
      items.append(item);
    }
  }

  @Override
  public boolean remove(Item<T> item) {
    for (Branch<T> branch : branches) {
      for (Condition condition : item.conditions()) {
        if (branch.takes(condition) && branch.remove(condition, item)) {
          if (branch.isEmpty()) {
            branches =
                Stream.of(branches).filter(other -> other != branch).toArray(Bucket::several);
          }
          return true;
        }
      }
    }
    return item.isPlain() ? take(owner -> owner == item.owner()) : items.take(item::isSame);
  }

  @Override
  public boolean isEmpty() {
    return size() == 0 && items.size() == 0 && branches.length == 0;
  }

  @Override
  public void find(EventView event, Finder<? super T> finder) {
    forEach(finder::settled);
    items.forEach(item -> item.find(event, finder));
    for (Branch<T> branch : branches) {
      branch.find(event, finder);
    }
  }

  private void place(Item<T> item, Map<Path, Integer> popularity) {
    Condition best =
        item.conditions().stream()
            .filter(condition -> canLead(condition, item))
            .min(
                Comparator.<Condition>comparingInt(Bucket::rank)
                    .thenComparing(condition -> branchFor(condition) == null)
                    .thenComparing(condition -> -popularity.getOrDefault(condition.path(), 0)))
            .orElse(null);
    if (best == null) {
      keep(item);
      return;
    }
    Branch<T> branch = branchFor(best);
    if (branch != null) {
      branch.add(best, item);
      return;
    }
    Branch<T> created = newBranch(best);
    created.add(best, item);
    branches = Stream.concat(Stream.of(branches), Stream.of(created)).toArray(Bucket::several);
  }

  private static <T> boolean canLead(Condition condition, Item<T> item) {
    if (condition instanceof OneOf equal) {
      int keys = equal.keys().size();
      return keys == 1 || keys * item.copies() <= MAX_COPIES;
    }
    return !(condition instanceof StartsWith start) || start.known() == 0;
  }

  // The event's type comes first: where it already decides, the data need not be parsed.
  private static int rank(Condition condition) {
    if (condition instanceof OneOf) {
      return condition.path().equals(Path.TYPE) ? 0 : 1;
    }
    return condition instanceof StartsWith ? 2 : 3;
  }

  private @Nullable Branch<T> branchFor(Condition condition) {
    for (Branch<T> branch : branches) {
      if (branch.takes(condition)) {
        return branch;
      }
    }
    return null;
  }

  private static <T> Branch<T>[] none() {
    return several(0);
  }

  // Java has no arrays of generic types.
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <T> Branch<T>[] several(int count) {
    return new Branch[count];
  }

  private static <T> Branch<T> newBranch(Condition condition) {
    if (condition instanceof OneOf) {
      return new EqualBranch<>(condition.path());
    }
    return condition instanceof Within
        ? new RangeBranch<>(condition.path())
        : new PrefixBranch<>(condition.path());
  }
}
