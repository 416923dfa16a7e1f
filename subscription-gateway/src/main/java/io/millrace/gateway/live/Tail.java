package io.millrace.gateway.live;

import io.millrace.gateway.stream.Block;
import io.millrace.gateway.stream.HeadListener;
import io.millrace.gateway.stream.Past;
import io.millrace.gateway.stream.PastReader;
import java.time.Duration;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The newest end of one partition, as much of it as fits into memory: whoever reads it does so at a
 * pace of his own, and reads from Kafka what is not kept any more. So who brings the events waits
 * for nobody. Safe for use by several threads.
 */
final class Tail implements HeadListener {

  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Place place;
  private final TopicPartition partition;
  private final int index;
  private final int lanes;
  private final long maxBytes;
  private final Past past;
  private final Consumer<Tail> begun;
  private final Runnable taken;
  private final NavigableMap<Long, Stretch> kept = new TreeMap<>();
  private long bytes;
  private volatile long first;
  private volatile long position = -1;

  /**
   * Has nothing yet.
   *
   * @param index counts the tails, from 0
   * @param begun told once, before anything is taken
   * @param taken run when there is more
   */
  Tail(
      Place place,
      TopicPartition partition,
      int index,
      LiveConfig config,
      Consumer<Tail> begun,
      Runnable taken) {
    this.place = place;
    this.partition = partition;
    this.index = index;
    this.lanes = config.threads();
    this.maxBytes = config.headBytes();
    this.past = new Past(partition, config.pastBytes());
    this.begun = begun;
    this.taken = taken;
  }

  Place place() {
    return place;
  }

  int index() {
    return index;
  }

  TopicPartition partition() {
    return partition;
  }

  /** Where it began to be brought. */
  long first() {
    return first;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void begin(long start, long end) {
    first = end;
    position = end;
    begun.accept(this);
  }

  @Override
  public void take(Block block) {
    Stretch stretch = new Stretch(place, block, lanes);
    synchronized (this) {
      kept.put(stretch.from(), stretch);
      bytes += stretch.bytes();
      while (bytes > maxBytes && kept.size() > 1) {
        bytes -= kept.pollFirstEntry().getValue().bytes();
      }
      position = stretch.to();
    }
    taken.run();
  }

  @Override
  public synchronized void skipTo(long start) {
    kept.clear();
    bytes = 0;
    position = Math.max(position, start);
  }

  /** The stretch that has an offset, if it is kept. */
  synchronized @Nullable Stretch find(long offset) {
    var entry = kept.floorEntry(offset);
    return entry != null && entry.getValue().contains(offset) ? entry.getValue() : null;
  }

  /**
   * The stretch that has an offset, or as much as there is of it, from Kafka.
   *
   * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if the log begins later or
   *     ends before
   */
  Stretch read(PastReader reader, long offset) {
    return new Stretch(place, past.read(reader, offset, PATIENCE), 1);
  }
}
