package io.millrace.emitter.webhook;

import io.millrace.emitter.http.Addresses;
import io.millrace.emitter.http.ClientConfig;
import io.millrace.emitter.http.GuardConfig;
import io.millrace.emitter.http.HttpClients;
import io.millrace.emitter.http.Target;
import io.millrace.emitter.http.Tokens;
import io.millrace.emitter.http.Wire;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.SteadyClock;
import io.millrace.emitter.task.EmitterIdentities;
import io.millrace.emitter.task.EmitterSpec;
import io.millrace.emitter.task.Outlet;
import io.millrace.model.address.EndpointGuard;
import io.millrace.model.emitter.WebhookParameters;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP clients of one task: guarded emitters and others share neither connections nor addresses
 * nor tokens. For the task's thread.
 */
final class WebhookOutlet implements Outlet {

  private static final int LOOKUP_THREADS = 16;

  private final WebhookConfig config;
  private final ClientConfig clientConfig;
  private final GuardConfig guardConfig;
  private final EmitterIdentities identities;
  private final DnsResolver resolver;
  private final Clock clock;
  private final Clock steady = SteadyClock.begin();
  private final ThreadPoolExecutor lookups;
  private final Map<EndpointGuard, Side> sides = new HashMap<>();

  private record Side(Wire wire, Tokens tokens) {}

  private WebhookOutlet(Map<String, String> props, DnsResolver resolver, Clock clock) {
    this.config = new WebhookConfig(props);
    this.clientConfig = new ClientConfig(props);
    this.guardConfig = new GuardConfig(props);
    this.identities = EmitterIdentities.open(props, clock);
    this.resolver = resolver;
    this.clock = clock;
    this.lookups =
        new ThreadPoolExecutor(
            LOOKUP_THREADS,
            LOOKUP_THREADS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            new DefaultThreadFactory("millrace-lookup", true));
    lookups.allowCoreThreadTimeOut(true);
  }

  /**
   * Opens no connection yet.
   *
   * @param props of the connector
   */
  static WebhookOutlet open(Map<String, String> props, DnsResolver resolver, Clock clock) {
    WebhookOutlet outlet = new WebhookOutlet(props, resolver, clock);
    try {
      // What is wrong with stores of keys or the proxy is to stop the task at its start.
      outlet.side(EndpointGuard.OPEN);
      return outlet;
    } catch (RuntimeException e) {
      outlet.close();
      throw e;
    }
  }

  @Override
  public Emitter open(EmitterSpec spec) {
    WebhookParameters parameters = (WebhookParameters) spec.parameters();
    Side side = side(guardConfig.of(spec.owner()));
    Duration own = parameters.pace().timeout();
    Attempts attempts =
        new Attempts(
            Target.of(parameters.url()),
            side.wire(),
            side.tokens(),
            config.statusPolicy(clock),
            own == null ? config.requestTimeout() : own,
            clock);
    return new WebhookEmitter(parameters, attempts, identities.of(spec.identityRef()));
  }

  @Override
  public void close() {
    sides.values().forEach(side -> side.wire().close());
    lookups.shutdownNow();
    identities.close();
  }

  private Side side(EndpointGuard guard) {
    return sides.computeIfAbsent(
        guard,
        each -> {
          Addresses addresses =
              new Addresses(resolver, each, clientConfig.proxy(), lookups, steady);
          Wire wire =
              new Wire(
                  HttpClients.start(
                      clientConfig,
                      Timeout.of(config.requestTimeout()),
                      Timeout.of(config.longestTimeout()),
                      addresses),
                  addresses);
          return new Side(
              wire, new Tokens(wire, config.statusPolicy(clock), config.requestTimeout(), clock));
        });
  }
}
