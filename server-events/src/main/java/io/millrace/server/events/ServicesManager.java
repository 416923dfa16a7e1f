package io.millrace.server.events;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where code that serves a request finds the notifier and the manager, and for whom it works. */
public interface ServicesManager {

  EventNotifier getEventNotifier();

  EventManager getEventManager();

  /** The application that the request is for; null where there is none. */
  default @Nullable String getAppId() {
    return null;
  }

  /**
   * What is known of the user that the request is for; null where there is none. A text under
   * {@code user} names the user to everyone who reads the stream.
   */
  default @Nullable Map<String, Object> getUserProfile() {
    return null;
  }
}
