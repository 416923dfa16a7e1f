package io.millrace.gateway.subscription;

import io.cloudevents.CloudEvent;
import io.millrace.filter.FilterIndex;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.Tenants;
import io.millrace.filter.audience.Admission;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.gateway.stream.Block;
import io.millrace.gateway.stream.Blocks;
import io.millrace.gateway.stream.HeadListener;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.model.emitter.EventFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The newest end of one stream: every event goes through here once, is matched against all filters,
 * counted for each, handed to the sessions that are this far, and kept for a while for those who
 * join. Knows nothing of Kafka. Safe for use by several threads; calls {@link Delivery} with its
 * own lock held, never the other way round.
 */
final class Head implements HeadListener {

  private final Tenants tenants;
  private final RulesInForce rules;
  private final FilterIndex<Interest> index;
  private final Map<EventFilter, Interest> interests = new HashMap<>();
  private final Blocks ring;
  private final Milestones milestones = new Milestones();
  private boolean begun;
  private long position;
  private long logStart;
  private CompletableFuture<Void> counted = new CompletableFuture<>();

  Head(long ringBytes, Tenants tenants, RulesInForce rules) {
    this.rules = rules;
    this.tenants = tenants;
    this.index = new FilterIndex<>(failed -> {}, tenants);
    this.ring = new Blocks(ringBytes);
  }

  /** Who may see what; asked again for each event. */
  RulesInForce rules() {
    return rules;
  }

  /** Begins at the log's end, once; what stood before is counted by {@link Recount}. */
  @Override
  public void begin(long start, long end) {
    synchronized (this) {
      logStart = start;
      position = end;
      begun = true;
      interests.values().forEach(interest -> interest.coveredFrom = end);
    }
    milestones.advance(end);
  }

  /** Takes in what follows the position. */
  @Override
  public void take(Block block) {
    List<Woken> woken = new ArrayList<>(0);
    synchronized (this) {
      if (block.from() != position) {
        throw new IllegalArgumentException("at " + position + " came " + block.from());
      }
      for (StreamedEvent event : block.events()) {
        Admission admission = null;
        for (Interest interest : index.match(event.event())) {
          if (interest.asked) {
            interest.tally.add(event.offset());
          }
          if (!interest.live.isEmpty()) {
            admission = admission == null ? rules.of(event.event()) : admission;
            offer(interest, event, admission);
          }
          wake(interest, event.offset(), woken);
        }
      }
      ring.add(block);
      position = block.to();
    }
    milestones.advance(block.to());
    woken.forEach(each -> each.waiting.woken(each.offset));
  }

  private record Woken(Waiting waiting, long offset) {}

  private static void wake(Interest interest, long offset, List<Woken> woken) {
    if (!interest.waiting.isEmpty()) {
      interest.waiting.forEach(each -> woken.add(new Woken(each, offset)));
      interest.waiting.clear();
    }
  }

  /** What stood from the position up to here cannot be had any more. */
  @Override
  public void skipTo(long start) {
    List<Woken> woken = new ArrayList<>(0);
    synchronized (this) {
      logStart = start;
      ring.clear();
      for (Interest interest : interests.values()) {
        interest.live.forEach(session -> session.detached(position));
        interest.live.clear();
        wake(interest, position, woken);
      }
      position = Math.max(position, start);
    }
    milestones.advance(start);
    woken.forEach(each -> each.waiting.woken(each.offset));
  }

  /** Completes, on the head's thread, when everything before the offset went through here. */
  CompletableFuture<Void> reached(long offset) {
    return milestones.reached(offset);
  }

  /** Everything before this offset went through here. */
  @Override
  public long position() {
    return milestones.position();
  }

  /**
   * From now on these events are counted for a subscription.
   *
   * @throws InvalidFilterException if the filter cannot be compiled
   */
  synchronized Interest add(Subscription subscription, EventFilter filter)
      throws InvalidFilterException {
    Interest interest = interests.get(filter);
    if (interest == null) {
      interest = new Interest(filter, tenants, position);
      index.put(interest, filter);
      interests.put(filter, interest);
    }
    interest.subscriptions.add(subscription);
    return interest;
  }

  synchronized void remove(Subscription subscription, Interest interest) {
    interest.subscriptions.remove(subscription);
    if (interest.subscriptions.isEmpty()) {
      interests.remove(interest.filter);
      index.remove(interest);
    }
  }

  /** What a session that is behind does next. */
  record Step(boolean attached, @Nullable Block block) {}

  /**
   * Attaches a session that has come this far, so that it gets what follows; or tells the block it
   * is in; or neither, if that is no longer kept here or the head has not begun.
   */
  synchronized Step step(Delivery session, Interest interest) {
    if (!begun) {
      return new Step(false, null);
    }
    if (session.next() >= position) {
      if (session.attached()) {
        interest.live.add(session);
      }
      return new Step(true, null);
    }
    return new Step(false, ring.find(session.next()));
  }

  /** Where an offset is: beyond what was read, at the head, or in a block if that is kept. */
  record Look(boolean beyond, boolean atHead, @Nullable Block block) {}

  /**
   * Looks where an offset is.
   *
   * @param waiting if the offset is at the head, is woken once by the next event that matches; null
   *     for nobody
   */
  synchronized Look look(long next, @Nullable Waiting waiting, Interest interest) {
    if (!begun || next > position) {
      return new Look(true, false, null);
    }
    if (next < position) {
      return new Look(false, false, ring.find(next));
    }
    if (waiting != null) {
      interest.waiting.add(waiting);
    }
    return new Look(false, true, null);
  }

  /**
   * Waits no longer.
   *
   * @return the position that was waited at: nothing before it matched; -1 if it does not wait
   */
  synchronized long leave(Waiting waiting, Interest interest) {
    return interest.waiting.remove(waiting) ? position : -1;
  }

  synchronized void detach(Delivery session, Interest interest) {
    interest.live.remove(session);
  }

  /** Who wants an event; for counting what stood before. */
  Collection<Interest> matching(CloudEvent event) {
    return index.match(event);
  }

  /**
   * The exact number of events that match at or after an offset, if they have been counted. From
   * the first question on they are.
   */
  synchronized OptionalLong count(Interest interest, long from) {
    if (!interest.asked) {
      interest.asked = true;
      interest.coveredFrom = position;
    }
    long first = Math.max(from, logStart);
    return begun && interest.coveredFrom <= Math.max(first, 0)
        ? OptionalLong.of(interest.tally.count(first, position))
        : OptionalLong.empty();
  }

  /** Completes when more has been counted. */
  synchronized CompletableFuture<Void> counting() {
    return counted;
  }

  /** A piece of the past that some have not counted: those of them who have counted up to it. */
  record Uncounted(long from, long to, List<Interest> interests) {}

  /** The newest such piece, at most that long; null when all is counted. */
  synchronized @Nullable Uncounted uncounted(int most) {
    if (!begun) {
      return null;
    }
    List<Interest> needy =
        interests.values().stream()
            .filter(each -> each.asked && needed(each) < each.coveredFrom)
            .toList();
    long to = needy.stream().mapToLong(each -> each.coveredFrom).max().orElse(-1);
    long lowest = needy.stream().mapToLong(this::needed).min().orElse(0);
    long from = Math.max(lowest, to - most);
    return needy.isEmpty()
        ? null
        : new Uncounted(from, to, needy.stream().filter(each -> each.coveredFrom > from).toList());
  }

  void counted(Uncounted piece, Map<Interest, Tally> found) {
    CompletableFuture<Void> before;
    synchronized (this) {
      for (Interest interest : piece.interests) {
        if (interest.coveredFrom > piece.from && interest.coveredFrom <= piece.to) {
          Tally tally = found.get(interest);
          if (tally != null) {
            interest.tally.addAll(tally);
          }
          interest.coveredFrom = piece.from;
        }
      }
      before = counted;
      counted = new CompletableFuture<>();
    }
    before.complete(null);
  }

  /** The log begins here now. */
  synchronized void logStart(long start) {
    logStart = Math.max(logStart, start);
  }

  synchronized long logStart() {
    return logStart;
  }

  /** Forgets what all have acknowledged. */
  synchronized void trim() {
    for (Interest interest : interests.values()) {
      long needed = needed(interest);
      if (begun && interest.asked && needed > interest.coveredFrom && needed <= position) {
        interest.tally.dropBefore(needed);
        interest.coveredFrom = needed;
      }
    }
  }

  private long needed(Interest interest) {
    long lowest =
        interest.subscriptions.stream()
            .mapToLong(Subscription::acknowledged)
            .min()
            .orElse(interest.coveredFrom);
    return Math.max(lowest, logStart);
  }

  private static void offer(Interest interest, StreamedEvent event, Admission admission) {
    Iterator<Delivery> sessions = interest.live.iterator();
    while (sessions.hasNext()) {
      Delivery session = sessions.next();
      if (session.mayGet(admission) && !session.feed(event)) {
        sessions.remove();
        session.detached(event.offset());
      }
    }
  }
}
