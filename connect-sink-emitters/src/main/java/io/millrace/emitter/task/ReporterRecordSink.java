package io.millrace.emitter.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reports to Connect, which writes to the topic that its {@code errors.deadletterqueue} settings
 * name. Reports are handed over, and their ends looked for, by the task's thread only.
 */
final class ReporterRecordSink implements RecordSink {

  private record Report(SinkRecord record, String cause, CompletableFuture<Void> written) {}

  private record Pending(Future<Void> reported, CompletableFuture<Void> written) {}

  private final ErrantRecordReporter reporter;
  private final Queue<Report> reports = new ConcurrentLinkedQueue<>();
  private final List<Pending> pending = new ArrayList<>();

  ReporterRecordSink(ErrantRecordReporter reporter) {
    this.reporter = reporter;
  }

  @Override
  public CompletionStage<Void> write(String emitterId, SinkRecord record, String cause) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    reports.add(new Report(record, cause, written));
    return written;
  }

  @Override
  public void advance() {
    for (Report report = reports.poll(); report != null; report = reports.poll()) {
      try {
        Future<Void> reported = reporter.report(report.record(), new DataException(report.cause()));
        pending.add(new Pending(reported, report.written()));
      } catch (RuntimeException e) {
        report.written().completeExceptionally(e);
      }
    }
    List<Pending> done = pending.stream().filter(each -> each.reported().isDone()).toList();
    pending.removeAll(done);
    done.forEach(ReporterRecordSink::end);
  }

  private static void end(Pending done) {
    try {
      done.reported().get();
      done.written().complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      done.written().completeExceptionally(e);
    } catch (ExecutionException | RuntimeException e) {
      done.written().completeExceptionally(e);
    }
  }
}
