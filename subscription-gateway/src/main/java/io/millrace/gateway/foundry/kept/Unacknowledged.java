package io.millrace.gateway.foundry.kept;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one client has not acknowledged, in the order of the pushes: at most so many events, and
 * none that is older than allowed. The oldest are given up. For one thread at a time.
 */
public final class Unacknowledged {

  private final int most;
  private final long oldestMillis;

  // The id is empty while an event that another connection has pushed was not read again.
  private final Map<KeptPlace, Optional<String>> places = new LinkedHashMap<>();
  private final Map<String, Deque<KeptPlace>> byId = new HashMap<>();

  public Unacknowledged(int most, Duration oldest) {
    this.most = most;
    this.oldestMillis = oldest.toMillis();
  }

  /** What another connection has left. */
  public void restore(List<KeptPlace> left) {
    left.forEach(place -> places.put(place, Optional.empty()));
  }

  /** An event goes out, for the first time or again; tells how many others are given up for it. */
  public int pushed(KeptPlace place, String eventId) {
    Optional<String> before = places.put(place, Optional.of(eventId));
    if (before == null || before.isEmpty()) {
      byId.computeIfAbsent(eventId, id -> new ArrayDeque<>(1)).add(place);
    }
    int given = 0;
    while (places.size() > most) {
      drop(places.keySet().iterator().next());
      given++;
    }
    return given;
  }

  /**
   * The client has the event; of several with the same id, the one that was pushed first. False if
   * nothing waits for that.
   */
  public boolean acknowledge(String eventId) {
    Deque<KeptPlace> pushed = byId.get(eventId);
    if (pushed == null) {
      return false;
    }
    drop(pushed.element());
    return true;
  }

  /** It is not wanted any more, or is not there. */
  public void drop(KeptPlace place) {
    Optional<String> id = places.remove(place);
    if (id == null || id.isEmpty()) {
      return;
    }
    Deque<KeptPlace> same = byId.get(id.get());
    if (same != null) {
      same.remove(place);
      if (same.isEmpty()) {
        byId.remove(id.get());
      }
    }
  }

  /** Gives up what is too old; tells how many. */
  public int expire(long nowMillis) {
    List<KeptPlace> old =
        places.keySet().stream().filter(place -> tooOld(place.logged(), nowMillis)).toList();
    old.forEach(this::drop);
    return old.size();
  }

  /** Whether an event is too old to be kept. */
  public boolean tooOld(long loggedMillis, long nowMillis) {
    return nowMillis - loggedMillis > oldestMillis;
  }

  public boolean has(KeptPlace place) {
    return places.containsKey(place);
  }

  /** All of them, the oldest push first. */
  public List<KeptPlace> places() {
    return List.copyOf(places.keySet());
  }
}
