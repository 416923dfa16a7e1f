package io.millrace.gateway.subscription;

import io.cloudevents.CloudEventData;
import io.millrace.filter.EventMatcher;
import io.millrace.filter.audience.Admission;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.stream.Block;
import io.millrace.gateway.stream.StreamedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one client gets. Events are fed in by the {@link Head} while the session is attached to it,
 * else by {@link Replay}, and go out on the delivering threads, one chunk at a time:
 *
 * <pre>
 *            request, acknowledge: there is room            has come as far as the head
 *   BEHIND ───────────────────────────────────► REPLAYING ─────────────────────────────► ATTACHED
 *     ▲ ▲               no room                     │                                        │
 *     │ └───────────────────────────────────────────┘                no room                 │
 *     └──────────────────────────────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * No more is fed in than the window lets out and the inbox has bytes for, so a client that does not
 * acknowledge holds nothing but its window.
 */
final class Delivery implements Session {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  // What an event's attributes take, about.
  private static final long EVENT_COST = 500;

  // Then it is the turn of others.
  private static final int CALLS_AT_A_TIME = 16;

  private enum Reach {
    BEHIND,
    REPLAYING,
    ATTACHED
  }

  final String session;
  private final Subscription subscription;
  private final Subscription.Place place;
  private final Pace pace;
  private final SubscriptionObserver observer;
  private final Supplier<Viewer> viewer;
  private final DeliveryWork work;
  private final Runnable replay;

  private final Deque<StreamedEvent> inbox = new ArrayDeque<>(1);
  private long inboxBytes;
  private final Deque<Long> unacknowledged = new ArrayDeque<>(1);
  private Reach reach = Reach.BEHIND;
  // Everything up to this offset was looked at or is acknowledged; while attached, at least that.
  private long next;
  private long demand;
  private long waitingSince;
  private boolean armed;
  private boolean running;
  // Seldom any, so it needs no collection of its own.
  private List<Gap> gaps = List.of();
  private @Nullable SessionEnd end;
  private boolean ended;

  Delivery(
      String session,
      Subscription subscription,
      Subscription.Place place,
      Pace pace,
      SubscriptionObserver observer,
      Supplier<Viewer> viewer,
      DeliveryWork work) {
    this.session = session;
    this.subscription = subscription;
    this.place = place;
    this.pace = pace;
    this.observer = observer;
    this.viewer = viewer;
    this.work = work;
    this.next = subscription.acknowledged();
    this.replay = work.replay(this, place);
  }

  private record Gap(long first, long last) {}

  @Override
  public void request(long chunks) {
    if (chunks < 1) {
      throw new IllegalArgumentException("at least one chunk can be asked for");
    }
    synchronized (this) {
      demand = demand + chunks < 0 ? Long.MAX_VALUE : demand + chunks;
      deliverIfReady();
    }
    resume();
  }

  @Override
  public CompletionStage<Void> acknowledge(long eventId) {
    synchronized (this) {
      if (end != null) {
        return CompletableFuture.failedFuture(
            new SubscriptionException(SubscriptionException.Reason.FENCED, end.text()));
      }
    }
    return work.acknowledge(subscription, eventId);
  }

  @Override
  public void close() {
    end(SessionEnd.CLOSED);
  }

  /** Ends the session if it is not over yet. */
  void end(SessionEnd why) {
    synchronized (this) {
      if (end != null) {
        return;
      }
      end = why;
      inbox.clear();
      inboxBytes = 0;
      run();
    }
    work.ended(this, subscription, place);
  }

  /** Everything up to an event is acknowledged, here or elsewhere. */
  void acknowledged(long eventId) {
    synchronized (this) {
      while (!unacknowledged.isEmpty() && unacknowledged.element() <= eventId) {
        unacknowledged.remove();
      }
      while (!inbox.isEmpty() && inbox.element().id() <= eventId) {
        var unused = takeFirst();
      }
      next = Math.max(next, eventId);
      deliverIfReady();
    }
    resume();
  }

  /** Lets the session be replayed if it is behind and has room for more. */
  void resume() {
    synchronized (this) {
      if (reach != Reach.BEHIND || room() <= 0 || demand == 0 || end != null) {
        return;
      }
      reach = Reach.REPLAYING;
    }
    replay.run();
  }

  /** The offset from where on events are to be fed. */
  synchronized long next() {
    return next;
  }

  /** Whether the client may get an event, by what the rules say of it. */
  boolean mayGet(Admission admission) {
    return admission.admits(viewer.get());
  }

  private boolean mayGet(StreamedEvent event) {
    return mayGet(rules().of(event.event()));
  }

  private RulesInForce rules() {
    return place.stream().head.rules();
  }

  /** Feeds a matching event that the client may get; false if there is no room for it. */
  synchronized boolean feed(StreamedEvent event) {
    if (end != null) {
      return false;
    }
    if (event.offset() < next) {
      return true;
    }
    if (room() <= 0) {
      return false;
    }
    if (inbox.isEmpty()) {
      waitingSince = work.nanoTime();
    }
    inbox.add(event);
    inboxBytes += size(event);
    deliverIfReady();
    return true;
  }

  /** Feeds what matches in a block; false when the session needs no more for now. */
  boolean feed(Block block) {
    EventMatcher matcher = place.interest().matcher();
    List<StreamedEvent> events = block.events();
    for (int i = block.indexOf(next()); i < events.size(); i++) {
      StreamedEvent event = events.get(i);
      if (matcher.matches(event.event()) && mayGet(event) && !feedOrRest(event)) {
        return false;
      }
    }
    synchronized (this) {
      next = Math.max(next, block.to());
      return end == null;
    }
  }

  private synchronized boolean feedOrRest(StreamedEvent event) {
    if (feed(event)) {
      next = Math.max(next, event.id());
      return true;
    }
    next = Math.max(next, event.offset());
    reach = Reach.BEHIND;
    return false;
  }

  /** The session has come as far as the head, which tells it everything from now on. */
  synchronized boolean attached() {
    reach = end == null ? Reach.ATTACHED : Reach.BEHIND;
    return end == null;
  }

  /** The head did not feed what stands at this offset, nor will it feed what follows. */
  void detached(long offset) {
    synchronized (this) {
      next = Math.max(next, offset);
      reach = Reach.BEHIND;
    }
    // Room may have been made since it was looked for.
    resume();
  }

  /** The log has nothing between where the session is and this offset. */
  synchronized void lost(long offset) {
    if (offset > next) {
      List<Gap> all = new ArrayList<>(gaps);
      all.add(new Gap(next + 1, offset));
      gaps = all;
      next = offset;
      run();
    }
  }

  private int room() {
    return full() ? 0 : pace.window() - unacknowledged.size() - inbox.size();
  }

  private boolean full() {
    return inboxBytes >= work.inboxBytes();
  }

  private StreamedEvent takeFirst() {
    StreamedEvent first = inbox.remove();
    inboxBytes -= size(first);
    return first;
  }

  private static long size(StreamedEvent event) {
    CloudEventData data = event.event().getData();
    return EVENT_COST + (data == null ? 0 : data.toBytes().length);
  }

  private void run() {
    if (!running) {
      running = true;
      work.execute(this::deliver);
    }
  }

  private void deliverIfReady() {
    if (demand == 0 || inbox.isEmpty() || end != null) {
      return;
    }
    long left = nanosLeft();
    if (left <= 0) {
      run();
    } else if (!armed) {
      armed = true;
      work.schedule(this::timeout, left);
    }
  }

  private synchronized void timeout() {
    armed = false;
    deliverIfReady();
  }

  private long nanosLeft() {
    if (inbox.size() >= most() || full()) {
      return 0;
    }
    return pace.chunkMaxDelay().toNanos() - (work.nanoTime() - waitingSince);
  }

  private int most() {
    return Math.min(pace.chunkSize(), pace.window() - unacknowledged.size());
  }

  private void deliver() {
    for (int i = 0; i < CALLS_AT_A_TIME; i++) {
      Runnable call = nextCall();
      if (call == null) {
        // Where something was hidden there is room now.
        resume();
        return;
      }
      try {
        call.run();
      } catch (RuntimeException | Error e) { // Else the session would hang for ever.
        LOG.warn("A client of subscription {} failed", subscription.id, e);
        end(SessionEnd.FAILED);
      }
    }
    work.execute(this::deliver);
  }

  private synchronized @Nullable Runnable nextCall() {
    if (end != null) {
      running = false;
      if (ended) {
        return null;
      }
      ended = true;
      running = true;
      SessionEnd why = end;
      return () -> observer.ended(why);
    }
    if (!rules().get().everybodySeesAll()) {
      // Somebody may have had to wait since, and the rules or the roles may be others now.
      inbox.removeIf(event -> !mayGet(event));
    }
    Gap lost = gaps.isEmpty() ? null : gaps.get(0);
    if (lost != null && (inbox.isEmpty() || inbox.element().id() > lost.last)) {
      gaps = gaps.subList(1, gaps.size());
      return () -> observer.gap(lost.first, lost.last);
    }
    if (demand > 0 && !inbox.isEmpty() && (lost != null || nanosLeft() <= 0)) {
      List<StreamedEvent> chunk = takeChunk();
      return () -> send(chunk);
    }
    running = false;
    deliverIfReady();
    return null;
  }

  private List<StreamedEvent> takeChunk() {
    int size = Math.min(most(), inbox.size());
    List<StreamedEvent> chunk = new ArrayList<>(size);
    for (int i = 0; i < size && !isAfterGap(inbox.element()); i++) {
      StreamedEvent event = takeFirst();
      unacknowledged.add(event.id());
      chunk.add(event);
    }
    demand = demand == Long.MAX_VALUE ? demand : demand - 1;
    waitingSince = work.nanoTime();
    return chunk;
  }

  private boolean isAfterGap(StreamedEvent event) {
    return !gaps.isEmpty() && event.id() > gaps.get(0).last;
  }

  private void send(List<StreamedEvent> chunk) {
    work.delivered(subscription, chunk.get(chunk.size() - 1).id());
    observer.events(chunk);
    resume(); // It may have had no room for more bytes.
  }
}
