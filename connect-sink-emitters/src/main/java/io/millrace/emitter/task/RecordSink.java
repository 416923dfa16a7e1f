package io.millrace.emitter.task;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** Where a task puts the records that its endpoints reject. */
interface RecordSink extends AutoCloseable {

  /**
   * Begins to put a record away, without waiting. Called by any thread.
   *
   * @return completes when the record is durable, and exceptionally when it could not be written
   */
  CompletionStage<Void> write(String emitterId, SinkRecord record, String cause);

  /** Does what only the task's thread may do; called by it now and then. */
  default void advance() {}

  @Override
  default void close() {}

  /** The dead-letter topic, else Connect's own reporter, else nowhere. */
  static RecordSink choose(ModeConfig mode, SinkTaskContext context, Clock clock) {
    Optional<String> topic = mode.deadLetterTopic();
    if (topic.isPresent()) {
      return KafkaRecordSink.open(mode.clientConfig(), topic.get(), clock);
    }
    ErrantRecordReporter reporter = reporter(context);
    return reporter == null ? RecordSink::nowhere : new ReporterRecordSink(reporter);
  }

  private static CompletionStage<Void> nowhere(String emitterId, SinkRecord record, String cause) {
    return CompletableFuture.failedStage(
        new IllegalStateException(
            "neither "
                + ModeConfig.DEAD_LETTERS
                + " nor errors.deadletterqueue.topic.name is configured"));
  }

  private static @Nullable ErrantRecordReporter reporter(SinkTaskContext context) {
    return context.errantRecordReporter();
  }
}
