package com.example.shop;

import io.millrace.server.events.EventData;
import io.millrace.server.events.EventSubscriber;
import io.millrace.server.events.IntegrationEventSubscriber;

@IntegrationEventSubscriber(topics = {"apps/order/success"})
public class OrderSuccessEvent implements EventSubscriber {

  @Override
  public void onEvent(EventData eventData) {
    Object customer = eventData.getAdditionalMetadata().get("userId");
    Mails.send(customer, "your order is on its way: " + eventData.getData());
  }
}
