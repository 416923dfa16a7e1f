package io.millrace.management;

/** Tells how a service is, at once and without waiting; called by several threads. */
@FunctionalInterface
public interface HealthCheck {

  Health check();
}
