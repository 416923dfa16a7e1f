package io.millrace.filter.index;

import io.millrace.filter.event.EventView;
import io.millrace.filter.predicate.Condition;
import io.millrace.filter.predicate.Path;
import io.millrace.filter.predicate.Single;
import io.millrace.filter.predicate.StartsWith;
import io.millrace.filter.table.Fingerprint;
import java.util.Arrays;

/**
 * By the first characters of a text: a table of prefixes, asked once for each length that occurs.
 */
final class PrefixBranch<T> implements Branch<T> {

  // So that long prefixes of many lengths cannot slow every match: their rest is compared.
  private static final int MAX_LENGTH = 48;

  private final Path path;
  private final Table<T> byPrefix = new Table<>();
  private volatile int[] lengths = {};

  PrefixBranch(Path path) {
    this.path = path;
  }

  @Override
  public boolean takes(Condition condition) {
    return condition instanceof StartsWith start && start.known() == 0 && start.path().equals(path);
  }

  @Override
  public void add(Condition condition, Item<T> item) {
    String key = key(condition);
    byPrefix.add(Fingerprint.of(key), rest(condition, item));
    if (Arrays.binarySearch(lengths, key.length()) < 0) {
      int[] more = Arrays.copyOf(lengths, lengths.length + 1);
      more[lengths.length] = key.length();
      Arrays.sort(more);
      lengths = more;
    }
  }

  @Override
  public boolean remove(Condition condition, Item<T> item) {
    return byPrefix.remove(Fingerprint.of(key(condition)), rest(condition, item));
  }

  @Override
  public boolean isEmpty() {
    return byPrefix.isEmpty();
  }

  @Override
  public void find(EventView event, Finder<? super T> finder) {
    if (!(Single.unwrap(path.read(event)) instanceof String text)) {
      return;
    }
    var prefix = new Fingerprint();
    int read = 0;
    for (int length : lengths) {
      if (length > text.length()) {
        return;
      }
      while (read < length) {
        prefix.add(text.charAt(read++));
      }
      Place<T> place = byPrefix.get(prefix);
      if (place != null) {
        place.find(event, finder);
      }
    }
  }

  private static String key(Condition condition) {
    String prefix = ((StartsWith) condition).prefix();
    return prefix.length() <= MAX_LENGTH ? prefix : prefix.substring(0, MAX_LENGTH);
  }

  private static <T> Item<T> rest(Condition condition, Item<T> item) {
    var start = (StartsWith) condition;
    Item<T> rest = item.without(condition, 1);
    return start.prefix().length() <= MAX_LENGTH ? rest : rest.with(start.withKnown(MAX_LENGTH));
  }
}
