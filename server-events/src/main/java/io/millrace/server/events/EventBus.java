package io.millrace.server.events;

import io.cloudevents.CloudEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an application raises its events on and gets them from. Events can be raised and subscribers
 * come and go at once; events are handled from {@link #start} to {@link #close}. Safe for use by
 * several threads.
 */
public interface EventBus extends ServicesManager, AutoCloseable {

  /** For subscribers of which each event is to reach every instance of the application. */
  EventManager getBroadcastManager();

  /**
   * Raises an event that is a CloudEvent already, as it is; {@link EventDataMapping} says what it
   * should have.
   */
  Notification publish(CloudEvent event);

  /** What has happened since the bus was made. */
  EventCounts counts();

  /** Begins to handle events. Does nothing the second time. */
  void start();

  /**
   * Ends the handling when the events that were taken are handled, and sends what was raised; for
   * each it waits only so long. Subscribers must not call it.
   */
  @Override
  void close();

  /** The same bus for code that serves one request. */
  default ServicesManager forRequest(
      @Nullable String appId, @Nullable Map<String, Object> userProfile) {
    return new RequestServices(this, appId, userProfile);
  }
}
