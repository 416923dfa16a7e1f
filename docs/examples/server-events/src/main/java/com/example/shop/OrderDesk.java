package com.example.shop;

import io.millrace.server.events.EventData;
import io.millrace.server.events.Notification;
import io.millrace.server.events.ServicesManager;
import java.util.Map;

/** Raises an event for every order. */
final class OrderDesk {

  private final ServicesManager services;

  OrderDesk(ServicesManager services) {
    this.services = services;
  }

  Notification order(String customer, String product, boolean inStock) {
    EventData event =
        new EventData(
            inStock ? "apps/order/success" : "apps/order/fail",
            Map.of("product", product),
            services);
    event.addAdditionalMetadata("userId", customer);
    event.setKey(customer); // A customer's events are handled in their order.
    return services.getEventNotifier().notify(event);
  }
}
