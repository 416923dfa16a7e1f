package io.millrace.benchmarks.matching;

import io.millrace.filter.FilterIndex;
import io.millrace.filter.InvalidFilterException;
import io.millrace.model.emitter.EventFilter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;

/**
 * What it costs to add one filter, and to remove it, while another thread matches as fast as it
 * can; and what that costs the matches.
 */
final class Updates {

  private static final long HIGHEST = 60_000_000_000L;

  private final Workload workload;
  private final int size;
  private final List<Sample> samples;
  private final double seconds;
  private final FilterIndex<String> index = new FilterIndex<>();

  Updates(Workload workload, int size, List<Sample> samples, double seconds) {
    this.workload = workload;
    this.size = size;
    this.samples = samples;
    this.seconds = seconds;
  }

  void report(String kind) throws Exception {
    for (int i = 0; i < size; i++) {
      index.put("emitter-" + i, workload.filter(i, size));
    }
    Histogram adding = new Histogram(HIGHEST, 3);
    Histogram removing = new Histogram(HIGHEST, 3);
    match(new Histogram(HIGHEST, 3));
    Histogram alone = new Histogram(HIGHEST, 3);
    match(alone);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> updates =
        CompletableFuture.runAsync(() -> update(done, adding, removing));
    match(new Histogram(HIGHEST, 3));
    adding.reset();
    removing.reset();
    Histogram meanwhile = new Histogram(HIGHEST, 3);
    match(meanwhile);
    done.set(true);
    updates.get();
    print(kind, "match alone", alone);
    print(kind, "match meanwhile", meanwhile);
    print(kind, "add", adding);
    print(kind, "remove", removing);
  }

  private void match(Histogram latencies) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    int i = 0;
    long before = System.nanoTime();
    while (before < end) {
      index.match(samples.get(i++ % samples.size()).event());
      long after = System.nanoTime();
      latencies.recordValue(after - before);
      before = after;
    }
  }

  // A filter that is there is removed and added again, all over the index.
  private void update(AtomicBoolean done, Histogram adding, Histogram removing) {
    for (long i = 0; !done.get(); i++) {
      int at = (int) (i * 7919 % size);
      String key = "emitter-" + at;
      EventFilter filter = workload.filter(at, size);
      long start = System.nanoTime();
      index.remove(key);
      long removed = System.nanoTime();
      put(key, filter);
      long added = System.nanoTime();
      removing.recordValue(removed - start);
      adding.recordValue(added - removed);
    }
  }

  private void put(String key, EventFilter filter) {
    try {
      index.put(key, filter);
    } catch (InvalidFilterException e) {
      throw new IllegalStateException(e);
    }
  }

  private void print(String kind, String what, Histogram latencies) {
    System.out.printf(
        Locale.ROOT,
        "%-10s %9d  %-16s %,9d/s  p50 %7.1f  p99 %7.1f  p99.9 %7.1f  max %8.1f µs%n",
        kind,
        size,
        what,
        Math.round(latencies.getTotalCount() / seconds),
        latencies.getValueAtPercentile(50) / 1e3,
        latencies.getValueAtPercentile(99) / 1e3,
        latencies.getValueAtPercentile(99.9) / 1e3,
        latencies.getMaxValue() / 1e3);
  }
}
