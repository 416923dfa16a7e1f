package com.example.shop;

import io.millrace.server.events.EventData;
import io.millrace.server.events.EventSubscriber;
import io.millrace.server.events.IntegrationEventSubscriber;

@IntegrationEventSubscriber(topics = {"apps/order/fail"})
public class OrderFailedEvent implements EventSubscriber {

  @Override
  public void onEvent(EventData eventData) {
    Object customer = eventData.getAdditionalMetadata().get("userId");
    Mails.send(customer, "we are out of this: " + eventData.getData());
  }
}
