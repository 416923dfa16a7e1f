package io.millrace.emitter.audit;

import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.task.EmitterSpec;
import io.millrace.emitter.task.Outlet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** The audit logs that one task writes. A log that nobody writes to is let go of after a while. */
final class AuditOutlet implements Outlet {

  // Writing waits for Kafka, which is the same for all logs: more threads would wait as well.
  private static final int THREADS = 4;
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final LogClients clients;
  private final UnaryOperator<String> logs;
  private final int batch;
  private final Clock clock;
  private final ScheduledExecutorService executor;
  private final Map<String, ChainWriter> writers = new ConcurrentHashMap<>();

  /**
   * Contacts nobody yet.
   *
   * @param logs what an emitter's log is called, by its id
   */
  AuditOutlet(LogClients clients, UnaryOperator<String> logs, int batch, Clock clock) {
    this.clients = clients;
    this.logs = logs;
    this.batch = batch;
    this.clock = clock;
    AtomicInteger number = new AtomicInteger();
    this.executor =
        Executors.newScheduledThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "millrace-audit-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        executor.scheduleWithFixedDelay(
            this::closeIdle, IDLE.toMillis(), IDLE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Emitter open(EmitterSpec spec) {
    ChainWriter writer =
        writers.computeIfAbsent(logs.apply(spec.id()), log -> new ChainWriter(clients, log, clock));
    return new AuditEmitter(writer, clients, executor, batch);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      executor.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writers.values().forEach(ChainWriter::close);
    clients.close();
  }

  private void closeIdle() {
    Instant since = clock.instant().minus(IDLE);
    writers.values().forEach(writer -> writer.closeIfIdleSince(since));
  }
}
