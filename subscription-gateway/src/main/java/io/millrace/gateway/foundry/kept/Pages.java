package io.millrace.gateway.foundry.kept;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The book's pages by their keys, and how many each user has. Safe for use by several threads. */
final class Pages {

  private final Map<String, Page> pages = new ConcurrentHashMap<>();

  // Guarded by itself.
  private final Map<String, Integer> byOwner = new HashMap<>();

  @Nullable Page get(String key) {
    return pages.get(key);
  }

  int size() {
    return pages.size();
  }

  void forEach(BiConsumer<String, Page> each) {
    pages.forEach(each);
  }

  /**
   * Does something with a page, of which nobody else has the key meanwhile; if there is none, a new
   * one is begun. A page that is blank then is torn out.
   *
   * @return the page
   */
  Page with(String key, Consumer<Page> work) {
    Page[] used = new Page[1];
    pages.compute(
        key,
        (same, known) -> {
          Page page = known == null ? new Page() : known;
          work.accept(page);
          used[0] = page;
          if (page.blank() == (known != null)) {
            count(key, known == null ? 1 : -1);
          }
          return page.blank() ? null : page;
        });
    return used[0];
  }

  private void count(String key, int more) {
    synchronized (byOwner) {
      byOwner.merge(ClientId.ownerOf(key), more, (a, b) -> a + b == 0 ? null : a + b);
    }
  }

  /** How many a user has. */
  int of(String owner) {
    synchronized (byOwner) {
      return byOwner.getOrDefault(owner, 0);
    }
  }
}
