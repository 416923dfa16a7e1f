package io.millrace.gateway.stream;

import io.cloudevents.CloudEvent;

/**
 * An event and its place in its stream.
 *
 * @param id Kafka offset + 1: acknowledging it is a position in the log
 * @param logged the log's time of the event, in milliseconds since 1970
 */
public record StreamedEvent(long id, long logged, CloudEvent event) {

  public long offset() {
    return id - 1;
  }
}
