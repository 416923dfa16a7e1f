package io.millrace.benchmarks.serverevents;

import io.millrace.server.events.EventBus;
import io.millrace.server.events.EventData;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** From the first event that is raised to the last that is handled, with 1,000 keys. */
final class RaisedAndHandled {

  private final EventBus bus;
  private final int events;
  private final String text;

  RaisedAndHandled(EventBus bus, int events, int bytes) {
    this.bus = bus;
    this.events = events;
    this.text = "x".repeat(Math.max(0, bytes - 24));
  }

  double perSecond() throws InterruptedException {
    AtomicInteger open = new AtomicInteger(events);
    CountDownLatch done = new CountDownLatch(1);
    bus.getEventManager()
        .subscribe(
            "load",
            event -> {
              if (open.decrementAndGet() == 0) {
                done.countDown();
              }
            });
    bus.start();
    long begin = System.nanoTime();
    for (int i = 0; i < events; i++) {
      EventData event = new EventData("load/orders", Map.of("amount", i, "text", text));
      event.setKey("key-" + i % 1_000);
      var unused = bus.getEventNotifier().notify(event);
    }
    if (!done.await(300, TimeUnit.SECONDS)) {
      throw new IllegalStateException("not all events were handled: " + bus.counts());
    }
    return events / ((System.nanoTime() - begin) / 1e9);
  }
}
