package io.millrace.emitter.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class ReporterRecordSinkTest {

  private static final SinkRecord RECORD = new SinkRecord("topic", 0, null, null, null, null, 7);

  @Test
  void isWrittenWhenConnectSaysSo() {
    CompletableFuture<Void> reported = new CompletableFuture<>();
    ReporterRecordSink sink = new ReporterRecordSink((record, error) -> reported);
    CompletionStage<Void> written = sink.write("e", RECORD, "HTTP 400");
    sink.advance();
    assertThat(written.toCompletableFuture()).isNotDone();

    reported.complete(null);
    sink.advance();

    assertThat(written.toCompletableFuture()).isCompleted();
  }

  @Test
  void isNotWrittenWhenConnectToleratesNoErrors() {
    ReporterRecordSink sink =
        new ReporterRecordSink(
            (record, error) -> {
              throw new ConnectException("tolerance exceeded");
            });
    CompletionStage<Void> written = sink.write("e", RECORD, "HTTP 400");
    sink.advance();
    assertThat(written.toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void isNotWrittenWhenConnectCannotWriteIt() {
    ReporterRecordSink sink =
        new ReporterRecordSink(
            (record, error) -> CompletableFuture.failedFuture(new IllegalStateException("gone")));
    CompletionStage<Void> written = sink.write("e", RECORD, "HTTP 400");
    sink.advance();
    assertThat(written.toCompletableFuture()).isCompletedExceptionally();
  }
}
