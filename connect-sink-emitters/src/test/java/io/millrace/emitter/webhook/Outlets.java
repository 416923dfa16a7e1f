package io.millrace.emitter.webhook;

import io.cloudevents.CloudEvent;
import io.millrace.emitter.Events;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.task.EmitterSpec;
import io.millrace.model.emitter.EmitterType;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** An outlet for one test, and short ways through it. */
final class Outlets implements AutoCloseable {

  static final CloudEvent EVENT = Events.event("1", "{\"a\":1}");

  private final WebhookOutlet outlet;

  Outlets(Map<String, String> props) {
    outlet = WebhookOutlet.open(props, SystemDefaultDnsResolver.INSTANCE, Clock.systemUTC());
  }

  Outcome send(String url) {
    return send(url, Map.of());
  }

  Outcome send(String url, Map<String, ?> parameters) {
    return send(emitter(url, null, parameters));
  }

  Outcome sendOwned(String url) {
    return send(emitter(url, "ann@example.org", Map.of()));
  }

  static Outcome send(Emitter emitter) {
    return emitter
        .emit(Events.emissions(EVENT))
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  Emitter emitter(String url, String owner, Map<String, ?> parameters) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("url", url);
    return outlet.open(
        new EmitterSpec("test", owner, null, Events.parameters(EmitterType.WEBHOOK, all)));
  }

  @Override
  public void close() {
    outlet.close();
  }
}
