package io.millrace.gateway.live;

import io.millrace.gateway.stream.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A block of one partition, its events ready to be given to all. */
final class Stretch {

  private final Block block;
  private final List<LiveEvent> events;
  private final AtomicInteger awaited;

  /**
   * Over a block.
   *
   * @param lanes that will go through it; then what was made of its events is forgotten
   */
  Stretch(Place place, Block block, int lanes) {
    this.block = block;
    this.awaited = new AtomicInteger(lanes);
    this.events = new ArrayList<>(block.events().size());
    block.events().forEach(event -> events.add(new LiveEvent(place, event)));
  }

  long from() {
    return block.from();
  }

  long to() {
    return block.to();
  }

  long bytes() {
    return block.bytes();
  }

  List<LiveEvent> events() {
    return events;
  }

  boolean contains(long offset) {
    return block.contains(offset);
  }

  /** Index of the first event at or after an offset. */
  int indexOf(long offset) {
    return block.indexOf(offset);
  }

  /** A lane has gone through it. */
  void passed() {
    if (awaited.decrementAndGet() == 0) {
      events.forEach(LiveEvent::forget);
    }
  }
}
