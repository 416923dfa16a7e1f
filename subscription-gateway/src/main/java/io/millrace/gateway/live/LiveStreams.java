package io.millrace.gateway.live;

import io.millrace.gateway.stream.HeadListener;
import io.millrace.gateway.stream.Heads;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The streams that live sessions follow: all that the gateway knows, from the first session on. A
 * topic does not tell which streams its events are in, since whoever writes to Kafka may put them
 * into any. Safe for use by several threads.
 */
final class LiveStreams {

  private final Heads heads;
  private final LiveConfig config;
  private final Consumer<Tail> begun;
  private final Runnable taken;
  private final AtomicInteger count = new AtomicInteger();
  private final List<Tail> tails = new CopyOnWriteArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final Map<String, CompletableFuture<Void>> followed = new HashMap<>();
  private boolean wanted;

  /**
   * Follows none.
   *
   * @param begun told of each partition before anything of it comes
   * @param taken run when there is more in any
   */
  LiveStreams(Heads heads, LiveConfig config, Consumer<Tail> begun, Runnable taken) {
    this.heads = heads;
    this.config = config;
    this.begun = begun;
    this.taken = taken;
  }

  /** There are these streams, too. */
  synchronized CompletableFuture<Void> add(Collection<String> streams) {
    known.addAll(streams);
    return wanted ? follow() : CompletableFuture.completedFuture(null);
  }

  /** Completes when all streams are followed. */
  synchronized CompletableFuture<Void> follow() {
    wanted = true;
    for (String stream : known) {
      followed.computeIfAbsent(stream, this::follow);
    }
    return CompletableFuture.allOf(followed.values().toArray(CompletableFuture[]::new));
  }

  private CompletableFuture<Void> follow(String stream) {
    CompletableFuture<Void> all = new CompletableFuture<>();
    AtomicInteger awaited = new AtomicInteger();
    Consumer<Tail> counted =
        tail -> {
          tails.add(tail);
          begun.accept(tail);
          if (awaited.decrementAndGet() == 0) {
            all.complete(null);
          }
        };
    heads.follow(
        stream,
        partition -> {
          awaited.incrementAndGet();
          return tail(stream, partition, counted);
        });
    return all;
  }

  private HeadListener tail(String stream, TopicPartition partition, Consumer<Tail> counted) {
    Place place = new Place(stream, partition.partition());
    return new Tail(place, partition, count.getAndIncrement(), config, counted, taken);
  }

  /** Those that have begun. */
  List<Tail> tails() {
    return tails;
  }

  Optional<Tail> find(Place place) {
    return tails.stream().filter(tail -> tail.place().equals(place)).findFirst();
  }

  /** Where the newest ends are; whatever stands behind them comes from now on. */
  Offsets ends() {
    Offsets ends = new Offsets();
    tails.forEach(tail -> ends.set(tail, tail.position()));
    return ends;
  }
}
