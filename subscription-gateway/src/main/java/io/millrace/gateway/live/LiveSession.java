package io.millrace.gateway.live;

import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.audience.Viewer;
import io.millrace.model.emitter.EventFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client that is given events while it is connected: what it wants may change at any time. Safe
 * for use by several threads; no method waits.
 *
 * <p>It is either live, then its {@link Lane} gives it what comes, or it is behind, at a position
 * of its own, and a {@link Replay} gives it what it lacks until it has come as far as its lane.
 * Everything it is given is given under its lock.
 */
public final class LiveSession {

  private final Shared shared;
  private final Lane lane;
  private final LiveReceiver receiver;
  private volatile Viewer viewer;
  private volatile boolean closed;

  // What it is to be given in this round; belongs to the lane's thread.
  private @Nullable List<LiveEvent> share;

  // What it wants; guarded by the map.
  private final Map<EventFilter, Wish> wishes = new LinkedHashMap<>();
  private volatile List<Wish> wanted = List.of();

  // Guarded by this.
  private @Nullable Offsets behind;
  private @Nullable Offsets ahead;
  private boolean replaying;
  private final Map<Place, Gap> missed = new HashMap<>(0);

  LiveSession(Shared shared, Lane lane, Viewer viewer, LiveReceiver receiver, Offsets position) {
    this.shared = shared;
    this.lane = lane;
    this.viewer = viewer;
    this.receiver = receiver;
    this.behind = position;
  }

  /**
   * Wants these events from now on. A filter that was there before goes on without a break. An
   * event that several filters want comes once.
   *
   * @throws InvalidFilterException if one cannot be compiled; then nothing has changed
   */
  public void change(Collection<EventFilter> filters) throws InvalidFilterException {
    wish(filters, true);
  }

  void wish(Collection<EventFilter> filters, boolean fromNow) throws InvalidFilterException {
    synchronized (wishes) {
      if (closed) {
        return;
      }
      Set<EventFilter> fresh = new HashSet<>(filters);
      fresh.removeAll(wishes.keySet());
      List<Interest> interests = shared.interests().acquire(fresh);
      // Whatever stands behind these is matched with the new filters, too.
      Offsets from = fromNow && !fresh.isEmpty() ? shared.ends().get() : null;
      Set<EventFilter> kept = new HashSet<>(filters);
      wishes
          .entrySet()
          .removeIf(
              entry -> {
                boolean dropped = !kept.contains(entry.getKey());
                if (dropped) {
                  forget(entry.getValue());
                }
                return dropped;
              });
      for (Interest interest : interests) {
        Wish wish = new Wish(this, interest, from);
        wishes.put(interest.filter, wish);
        lane.execute(() -> lane.add(wish));
      }
      wanted = List.copyOf(wishes.values());
    }
  }

  private void forget(Wish wish) {
    wish.drop();
    shared.interests().release(wish.interest);
    lane.execute(() -> lane.remove(wish));
  }

  /** Who looks on may have other roles now. */
  public void viewer(Viewer now) {
    viewer = now;
  }

  /** To be called when the receiver, which was not ready, is so again. */
  public void drained() {
    lane.execute(() -> lane.drained(this));
  }

  /**
   * Asks how far the session has come: the answer is given between the events, so whatever was
   * given before it is behind that position, and whatever comes after it is not.
   *
   * @param answer called like the receiver
   */
  public void position(Consumer<Positions> answer) {
    lane.execute(() -> lane.tell(this, answer));
  }

  /** Ends it; nothing more comes but what is just being given. */
  public void close() {
    synchronized (wishes) {
      if (closed) {
        return;
      }
      closed = true;
      wishes.values().forEach(this::forget);
      wishes.clear();
      wanted = List.of();
    }
    lane.execute(() -> lane.remove(this));
  }

  void end(LiveReceiver.Ending ending, String reason) {
    if (!closed) {
      close();
      receiver.ended(ending, reason);
    }
  }

  Lane lane() {
    return lane;
  }

  /** What is to be given to it next, to be added to. */
  List<LiveEvent> share() {
    List<LiveEvent> begun = share;
    if (begun == null) {
      begun = new ArrayList<>(2);
      share = begun;
    }
    return begun;
  }

  List<LiveEvent> takeShare() {
    List<LiveEvent> taken = share();
    share = null;
    return taken;
  }

  LiveReceiver receiver() {
    return receiver;
  }

  boolean closed() {
    return closed;
  }

  // What follows is called with the lock on this, except for wants().

  /** Whether any filter wants an event, whoever may see it. */
  boolean wants(Tail tail, LiveEvent event) {
    for (Wish wish : wanted) {
      if (wish.covers(tail, event) && wish.interest.matcher().matches(event.event())) {
        return true;
      }
    }
    return false;
  }

  /** Sets where it begins, before it is given anything. */
  synchronized void begin(Offsets position) {
    behind = position;
  }

  boolean admitted(LiveEvent event) {
    return event.admits(viewer, shared.audience());
  }

  @Nullable Offsets behind() {
    return behind;
  }

  void behind(@Nullable Offsets position) {
    behind = position;
  }

  /** Where it has come beyond its lane, which is to pass over what lies between. */
  @Nullable Offsets ahead() {
    return ahead;
  }

  void ahead(@Nullable Offsets position) {
    ahead = position;
  }

  boolean replaying() {
    return replaying;
  }

  void replaying(boolean now) {
    replaying = now;
  }

  void miss(Gap gap) {
    missed.merge(gap.place(), gap, Gap::and);
  }

  /** What is missed and not told yet is not behind the session. */
  void holdBack(Map<Place, Long> ids) {
    missed.forEach((place, gap) -> ids.merge(place, Math.max(0, gap.first() - 1), Math::min));
  }

  /** Tells what was missed, while the receiver is ready. */
  void tellMissed() {
    if (!missed.isEmpty()) {
      var gaps = missed.values().iterator();
      while (gaps.hasNext() && receiver.ready()) {
        Gap gap = gaps.next();
        gaps.remove();
        receiver.gap(gap);
      }
    }
  }
}
