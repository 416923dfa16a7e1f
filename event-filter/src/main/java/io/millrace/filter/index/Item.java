package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import io.millrace.filter.predicate.Condition;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter at one place of the index.
 *
 * @param owner the filter, by identity
 * @param conditions what must still hold where it lies, all else being said by the way there
 * @param copies at how many places it lies because of lists that it compares with
 */
public record Item<T>(T owner, List<Condition> conditions, int copies) {

  boolean holds(EventView event) {
    for (int i = 0; i < conditions.size(); i++) {
      if (!conditions.get(i).accepts(event)) {
        return false;
      }
    }
    return true;
  }

  Item<T> with(Condition condition) {
    List<Condition> all = new ArrayList<>(conditions);
    all.add(condition);
    return new Item<>(owner, List.copyOf(all), copies);
  }

  Item<T> without(Condition said, int places) {
    if (conditions.size() == 1) {
      return new Item<>(owner, List.of(), copies * places);
    }
    List<Condition> rest = new ArrayList<>(conditions);
    rest.remove(said);
    return new Item<>(owner, List.copyOf(rest), copies * places);
  }
}
