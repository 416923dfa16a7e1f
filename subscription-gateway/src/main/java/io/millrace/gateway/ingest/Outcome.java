package io.millrace.gateway.ingest;

import io.millrace.gateway.http.Trouble;

/** What became of an event. */
public sealed interface Outcome {

  /**
   * The broker has it, on all replicas in sync.
   *
   * @param position its id in the stream: the Kafka offset + 1
   */
  record Stored(String stream, long position) implements Outcome {}

  /**
   * It is not known to be stored.
   *
   * @param reason goes on where the event's name begins the sentence
   */
  record Failed(Trouble trouble, String reason) implements Outcome {}
}
