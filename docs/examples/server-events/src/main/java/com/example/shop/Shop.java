package com.example.shop;

import io.millrace.server.events.EventBus;
import io.millrace.server.events.kafka.KafkaEventBus;
import io.millrace.server.events.kafka.ServerEventsConfig;
import io.millrace.server.events.scan.AnnotatedSubscribers;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Takes an order that succeeds and one that fails; the subscribers of this package tell the
 * customers. Arguments: the brokers, and the prefix of the topics ({@code millrace}).
 */
public final class Shop {

  private Shop() {}

  public static void main(String[] args) throws Exception {
    String brokers = args.length > 0 ? args[0] : "localhost:9092";
    String prefix = args.length > 1 ? args[1] : "millrace";
    ServerEventsConfig config =
        new ServerEventsConfig(
            Map.of(
                ServerEventsConfig.BOOTSTRAP_SERVERS, brokers,
                ServerEventsConfig.APPLICATION_ID, "shop",
                ServerEventsConfig.TOPIC_PREFIX, prefix,
                ServerEventsConfig.TOPICS_CREATE, "true"));

    try (EventBus bus = KafkaEventBus.open(config)) {
      new AnnotatedSubscribers().scan(bus, Shop.class.getPackageName());
      bus.start();

      OrderDesk desk = new OrderDesk(bus.forRequest("web-shop", Map.of("user", "ann")));
      desk.order("ann", "kettle", true);
      desk.order("bob", "lamp", false);

      if (!Mails.SENT.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the customers were not told");
      }
    }
  }
}
