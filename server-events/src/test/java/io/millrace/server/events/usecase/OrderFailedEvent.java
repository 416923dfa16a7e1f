package io.millrace.server.events.usecase;

import io.millrace.server.events.EventData;
import io.millrace.server.events.EventSubscriber;
import io.millrace.server.events.IntegrationEventSubscriber;
import java.util.Map;

/** Tells the customer how the order went. */
@IntegrationEventSubscriber(topics = {"apps/order/fail"})
public class OrderFailedEvent implements EventSubscriber {

  @Override
  public void onEvent(EventData eventData) {
    Map<String, Object> metadata = eventData.getAdditionalMetadata();
    Object userId = metadata.get("userId");
    Outbox.send(
        String.valueOf(userId),
        String.format(
            "We could not take your order %s of %s. Details: %s",
            metadata.get("trackingId"), metadata.get("product"), eventData.getData()));
  }
}
