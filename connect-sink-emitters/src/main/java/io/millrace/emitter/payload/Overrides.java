package io.millrace.emitter.payload;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.emitter.EventOverrides;

/** Replaces the attributes that an emitter's parameters replace. */
public final class Overrides {

  private Overrides() {}

  public static CloudEvent apply(EventOverrides overrides, CloudEvent event) {
    if (overrides.equals(EventOverrides.NONE)) {
      return event;
    }
    CloudEventBuilder builder = CloudEventBuilder.from(event);
    if (overrides.source() != null) {
      builder.withSource(overrides.source());
    }
    if (overrides.subject() != null) {
      builder.withSubject(overrides.subject());
    }
    return builder.build();
  }
}
