package io.millrace.server.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an {@link EventSubscriber} that is subscribed when the application's packages are scanned
 * ({@link io.millrace.server.events.scan.AnnotatedSubscribers}).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface IntegrationEventSubscriber {

  /** Topics to be subscribed to, each with all that are below it. */
  String[] topics();

  /**
   * Whether every instance of the application gets every event, instead of sharing them. This is
   * Millrace's addition.
   */
  boolean broadcast() default false;
}
