package io.millrace.server.events.usecase;

import io.millrace.server.events.EventBus;
import io.millrace.server.events.scan.AnnotatedSubscribers;
import io.millrace.server.events.usecase.runtime.DataControllerResponse;
import io.millrace.server.events.usecase.runtime.Result;
import java.util.Map;
import java.util.UUID;

/** Places an order that succeeds and one that fails, on any bus. */
public final class UseCase {

  private final EventBus bus;
  private final String lucky = "lucky-" + UUID.randomUUID();
  private final String unlucky = "unlucky-" + UUID.randomUUID();

  public UseCase(EventBus bus) {
    this.bus = bus;
  }

  public void subscribe() {
    new AnnotatedSubscribers().scan(bus, UseCase.class.getPackageName());
  }

  public void order() throws Exception {
    OrderEvents processor = new OrderEvents();
    processor.execute(
        new Result(Map.of("userId", lucky, "orderId", "o-1", "product", "kettle")),
        () -> bus.forRequest("shop", Map.of("user", lucky)),
        new DataControllerResponse(200, "{\"total\":12.50}"));
    processor.execute(
        new Result(Map.of("userId", unlucky, "trackingId", "t-1", "product", "lamp")),
        () -> bus,
        new DataControllerResponse(409, "{\"reason\":\"sold out\"}"));
  }

  public boolean isTold() {
    return Outbox.SENT.containsKey(lucky) && Outbox.SENT.containsKey(unlucky);
  }

  public String successMail() {
    return Outbox.SENT.get(lucky);
  }

  public String failureMail() {
    return Outbox.SENT.get(unlucky);
  }
}
