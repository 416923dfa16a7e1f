package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import io.millrace.filter.predicate.Condition;

/**
 * Items that compare one path of the event in one way, laid out so that the value leads to them.
 */
sealed interface Branch<T> permits EqualBranch, PrefixBranch, RangeBranch {

  /** Whether items with this condition belong here. */
  boolean takes(Condition condition);

  void add(Condition condition, Item<T> item);

  /** Whether it was here. */
  boolean remove(Condition condition, Item<T> item);

  boolean isEmpty();

  void find(EventView event, Finder<? super T> finder);
}
