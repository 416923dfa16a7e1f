package io.millrace.server.events.usecase;

import io.millrace.server.events.EventData;
import io.millrace.server.events.EventSubscriber;
import io.millrace.server.events.IntegrationEventSubscriber;
import java.util.Map;

/** Tells the customer how the order went. */
@IntegrationEventSubscriber(topics = {"apps/order/success"})
public class OrderSuccessEvent implements EventSubscriber {

  @Override
  public void onEvent(EventData eventData) {
    Map<String, Object> metadata = eventData.getAdditionalMetadata();
    Object userId = metadata.get("userId");
    Outbox.send(
        String.valueOf(userId),
        String.format(
            "Your order %s of %s is on its way. Details: %s",
            metadata.get("orderId"), metadata.get("product"), eventData.getData()));
  }
}
