package io.millrace.source.push;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.source.record.ConnectionGap;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/**
 * A connector listens for the first time. Written into the stream before all else, so that there is
 * a source offset from then on: without one a break before the first event could not be told after
 * a restart. Later breaks are told as {@link ConnectionGap}.
 *
 * @param source the vendor's URL, without credentials
 * @param connector the connector's name, which becomes the subject
 * @param at when events began to come
 */
record ConnectionOpened(URI source, String connector, Instant at) {

  /** The event's type. */
  static final String TYPE = "io.millrace.source.connection.opened";

  CloudEvent event() {
    return CloudEventBuilder.v1()
        .withId(UUID.randomUUID().toString())
        .withSource(source)
        .withType(TYPE)
        .withSubject(connector)
        .withTime(at.atOffset(ZoneOffset.UTC))
        .build();
  }
}
