package io.millrace.server.events;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The event bus as one request sees it. */
record RequestServices(
    EventBus bus, @Nullable String appId, @Nullable Map<String, Object> userProfile)
    implements ServicesManager {

  @Override
  public EventNotifier getEventNotifier() {
    return bus.getEventNotifier();
  }

  @Override
  public EventManager getEventManager() {
    return bus.getEventManager();
  }

  @Override
  public @Nullable String getAppId() {
    return appId;
  }

  @Override
  public @Nullable Map<String, Object> getUserProfile() {
    return userProfile;
  }
}
