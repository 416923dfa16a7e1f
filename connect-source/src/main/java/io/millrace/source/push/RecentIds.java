package io.millrace.source.push;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ids of the last events that came, by which those that come again after a reconnect are told
 * apart. Remembers a limited number, the oldest are forgotten first. Safe for use by several
 * threads.
 */
public final class RecentIds {

  /** What is known of an id. */
  public enum Sight {
    /** It has not come before, as far as remembered. */
    FIRST,
    /** It has come before, and Kafka does not have it yet. */
    UNDERWAY,
    /** It has come before, and Kafka has it. */
    STORED
  }

  private final int limit;
  private final Map<String, Boolean> stored = new LinkedHashMap<>();

  /** Remembers so many ids, at least one. */
  public RecentIds(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("at least one id must be remembered");
    }
    this.limit = limit;
  }

  /** Remembers the id of an event that comes, and says whether it is new. */
  public synchronized Sight came(String id) {
    Boolean before = stored.putIfAbsent(id, false);
    if (before != null) {
      return before ? Sight.STORED : Sight.UNDERWAY;
    }
    if (stored.size() > limit) {
      Iterator<String> oldest = stored.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    return Sight.FIRST;
  }

  /** Notes that Kafka has the event; a forgotten one stays forgotten. */
  public synchronized void stored(String id) {
    stored.replace(id, true);
  }
}
