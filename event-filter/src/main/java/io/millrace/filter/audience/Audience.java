package io.millrace.filter.audience;

import io.cloudevents.CloudEvent;

/**
 * The rules in force at the time of asking: who may see an event. Safe for use by several threads;
 * never throws.
 */
@FunctionalInterface
public interface Audience {

  /** Where there are no rules. */
  Audience EVERYBODY = event -> viewer -> true;

  /** What the rules say of an event. */
  Admission of(CloudEvent event);
}
