package io.millrace.filter.audience;

import io.cloudevents.CloudEvent;

/**
 * The rules in force at the time of asking: who may publish an event. Safe for use by several
 * threads; never throws.
 */
@FunctionalInterface
public interface Publishers {

  /** Where there are no rules. */
  Publishers EVERYBODY = (publisher, event) -> true;

  /**
   * Whether somebody may publish an event.
   *
   * @param event as it will stand in the log
   */
  boolean admit(Viewer publisher, CloudEvent event);
}
