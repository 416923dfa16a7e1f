package io.millrace.gateway.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes what a session gets: all of it, or a few events until it is told to take more. */
final class Client implements LiveReceiver {

  final List<String> events = new CopyOnWriteArrayList<>();
  final List<Gap> gaps = new CopyOnWriteArrayList<>();
  final List<String> endings = new CopyOnWriteArrayList<>();
  private final List<Positions> begun = new CopyOnWriteArrayList<>();
  private final AtomicInteger room;
  private volatile boolean waiting;

  Client(int room) {
    this.room = new AtomicInteger(room);
  }

  static Client quick() {
    return new Client(Integer.MAX_VALUE);
  }

  void room(int events) {
    room.set(events);
  }

  /** What came of one partition. */
  List<String> of(int partition) {
    List<String> some = new ArrayList<>(events);
    some.removeIf(event -> !event.startsWith("s:" + partition + ":"));
    return some;
  }

  /** Where the session begins; null before that is known. */
  Positions began() {
    return begun.isEmpty() ? null : begun.get(0);
  }

  @Override
  public void begun(Positions position) {
    begun.add(position);
  }

  @Override
  public boolean ready() {
    return room.get() > 0;
  }

  @Override
  public void event(LiveEvent event, boolean more) {
    events.add(event.position());
    waiting = more;
    room.decrementAndGet();
  }

  @Override
  public void flush() {
    waiting = false;
  }

  /** Whether something was left to wait for others. */
  boolean waiting() {
    return waiting;
  }

  @Override
  public void gap(Gap gap) {
    gaps.add(gap);
  }

  @Override
  public void ended(Ending ending, String reason) {
    endings.add(ending + " " + reason);
  }
}
