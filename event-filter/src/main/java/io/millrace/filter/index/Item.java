package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import io.millrace.filter.predicate.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter at one place of the index. Immutable. */
public final class Item<T> implements Place<T> {

  private final T owner;
  private final boolean settled;

  // The one of the conditions that is asked first: mostly the only one, and close at hand.
  private final @Nullable Condition first;
  private final List<Condition> conditions;
  private final int copies;

  /**
   * A filter with what is left to be asked where it lies.
   *
   * @param owner the filter, by identity
   * @param settled whether nothing is to be asked of the owner where the conditions hold
   * @param conditions what must still hold where it lies, all else being said by the way there
   * @param copies at how many places it lies because of lists that it compares with
   */
  public Item(T owner, boolean settled, List<Condition> conditions, int copies) {
    this.owner = owner;
    this.settled = settled;
    this.conditions = List.copyOf(conditions);
    this.first = conditions.isEmpty() ? null : conditions.get(0);
    this.copies = copies;
  }

  T owner() {
    return owner;
  }

  List<Condition> conditions() {
    return conditions;
  }

  int copies() {
    return copies;
  }

  @Override
  public void find(EventView event, Finder<? super T> finder) {
    if (!holds(event)) {
      return;
    }
    if (settled) {
      finder.settled(owner);
    } else {
      finder.found(owner);
    }
  }

  @Override
  public Place<T> add(Item<T> item) {
    return isPlain() && item.isPlain()
        ? new Few<>(owner, item.owner)
        : new Bucket<T>().add(this).add(item);
  }

  @Override
  public boolean remove(Item<T> item) {
    return isSame(item);
  }

  @Override
  public boolean isEmpty() {
    return true;
  }

  /** Whether the other can go in its place: a filter and its successor may have one owner. */
  boolean isSame(Item<T> other) {
    return other.owner == owner && other.conditions.equals(conditions);
  }

  /** Whether it goes without asking for anything. */
  boolean isPlain() {
    return settled && conditions.isEmpty();
  }

  private boolean holds(EventView event) {
    if (first != null && !first.accepts(event)) {
      return false;
    }
    for (int i = 1; i < conditions.size(); i++) {
      if (!conditions.get(i).accepts(event)) {
        return false;
      }
    }
    return true;
  }

  Item<T> with(Condition condition) {
    List<Condition> all = new ArrayList<>(conditions);
    all.add(condition);
    return new Item<>(owner, settled, all, copies);
  }

  Item<T> without(Condition said, int places) {
    if (conditions.size() == 1) {
      return new Item<>(owner, settled, List.of(), copies * places);
    }
    List<Condition> rest = new ArrayList<>(conditions);
    rest.remove(said);
    return new Item<>(owner, settled, rest, copies * places);
  }
}
