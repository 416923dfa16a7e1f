package io.millrace.gateway.subscription;

import io.millrace.model.emitter.EventFilter;
import io.millrace.model.subscription.SubscriptionDefinition;
import io.millrace.model.subscription.SubscriptionLease;
import io.millrace.model.subscription.SubscriptionRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A log of leases, and nodes that write and read it, without Kafka, threads and clocks: records
 * come late or never, each node reads at its own pace, and chance decides what is next.
 */
final class SimulatedLeases {

  final Random random;
  final List<Node> nodes = new ArrayList<>();
  private final List<Said> log = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private long time = 1_000_000;
  private int started;

  SimulatedLeases(long seed) {
    random = new Random(seed);
  }

  private record Said(String node, SubscriptionLease lease) {}

  private record Task(long due, Runnable work) {}

  private record Reader(int end, CompletableFuture<Void> reached) {}

  private record Write(SubscriptionLease lease, CompletableFuture<Void> said) {}

  Node start() {
    Node node = new Node("node-" + started++);
    nodes.add(node);
    return node;
  }

  /** It does nothing any more, but what it wrote may still reach the log. */
  void kill(Node node) {
    nodes.remove(node);
    node.killed = true;
    while (random.nextBoolean() && node.append()) {
      // Some of it.
    }
  }

  void pass(long nanos) {
    time += nanos;
  }

  /** One task that is due is done; false if there is none. */
  boolean work() {
    List<Task> due = tasks.stream().filter(task -> task.due <= time).toList();
    if (due.isEmpty()) {
      return false;
    }
    Task task = due.get(random.nextInt(due.size()));
    tasks.remove(task);
    task.work.run();
    return true;
  }

  /** Everything is done and read that can be without time passing. */
  void settle() {
    nodes.forEach(node -> node.cut = false);
    boolean more = true;
    while (more) {
      more = work();
      for (Node node : nodes) {
        boolean appended = node.append();
        more |= node.read() || appended;
      }
    }
  }

  private void submit(Runnable work) {
    tasks.add(new Task(time, work));
  }

  /** Of what lies before a point of the log, compaction leaves the last record of each key. */
  private Set<Integer> compacted() {
    int clean = random.nextInt(log.size() + 1);
    Map<String, Integer> last = new HashMap<>();
    Set<Integer> gone = new HashSet<>();
    for (int i = 0; i < clean; i++) {
      Integer former = last.put(log.get(i).node, i);
      if (former != null) {
        gone.add(former);
      }
    }
    return gone;
  }

  /** One gateway, as far as leases go. */
  final class Node implements LeaseWork {

    final Seat seat;
    final Subscription subscription = new Subscription("s");
    boolean cut;
    private boolean killed;
    private final String name;
    private final Set<Integer> gone = compacted();
    private final Queue<Write> writes = new ArrayDeque<>();
    private final List<Reader> readers = new ArrayList<>();
    private int position;

    private Node(String name) {
      this.name = name;
      var definition = new SubscriptionDefinition("mmm", EventFilter.EVERYTHING, "ann");
      var unused = subscription.defined(new SubscriptionRecord(definition, "g", 0));
      this.seat = new Seat(subscription, this);
    }

    /** Reads one record more; false if it cannot. */
    boolean read() {
      if (cut || position == log.size()) {
        return false;
      }
      Said next = log.get(position);
      if (!gone.contains(position)) {
        subscription.said(next.node, next.lease, position, time);
      }
      position++;
      for (Reader reader : List.copyOf(readers)) {
        if (reader.end <= position) {
          readers.remove(reader);
          submit(() -> reader.reached.complete(null));
        }
      }
      return true;
    }

    /** One record that it has written reaches the log, or does not; false if there is none. */
    boolean append() {
      Write write = writes.poll();
      if (write == null) {
        return false;
      }
      int fate = random.nextInt(10);
      if (fate > 0) {
        log.add(new Said(name, write.lease));
      }
      if (fate > 1) {
        readers.add(new Reader(log.size(), write.said));
      } else {
        submit(() -> write.said.completeExceptionally(new IllegalStateException("no answer")));
      }
      return true;
    }

    @Override
    public String node() {
      return name;
    }

    @Override
    public CompletionStage<Void> say(Subscription said, SubscriptionLease lease) {
      Write write = new Write(lease, new CompletableFuture<>());
      writes.add(write);
      return write.said;
    }

    @Override
    public CompletionStage<Void> readAll() {
      CompletableFuture<Void> reached = new CompletableFuture<>();
      if (position == log.size()) {
        submit(() -> reached.complete(null));
      } else {
        readers.add(new Reader(log.size(), reached));
      }
      return reached;
    }

    @Override
    public CompletionStage<Void> evict(Subscription of, Leases.Held silent) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Executor executor() {
      return work -> {
        if (!killed) {
          submit(work);
        }
      };
    }

    @Override
    public void later(Runnable work, long nanos) {
      tasks.add(
          new Task(
              time + nanos,
              () -> {
                if (!killed) {
                  work.run();
                }
              }));
    }

    @Override
    public long nanoTime() {
      return time;
    }
  }
}
