package io.millrace.emitter.lane;

import java.util.concurrent.CompletionStage;
import org.apache.kafka.connect.sink.SinkRecord;

/** Where the events of one lane go that its endpoint rejects. */
@FunctionalInterface
public interface DeadLetters {

  /**
   * Begins to put a record away, without waiting. Called by any thread.
   *
   * @param cause one sentence for a person
   * @return completes when the record is durable, and exceptionally when it could not be written
   */
  CompletionStage<Void> write(SinkRecord record, String cause);
}
