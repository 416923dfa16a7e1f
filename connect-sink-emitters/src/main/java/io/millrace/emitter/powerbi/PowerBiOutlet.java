package io.millrace.emitter.powerbi;

import io.millrace.emitter.http.Addresses;
import io.millrace.emitter.http.ClientConfig;
import io.millrace.emitter.http.HttpClients;
import io.millrace.emitter.http.Target;
import io.millrace.emitter.http.Tokens;
import io.millrace.emitter.http.Wire;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.lane.SteadyClock;
import io.millrace.emitter.task.EmitterIdentities;
import io.millrace.emitter.task.EmitterSpec;
import io.millrace.emitter.task.Outlet;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.model.address.EndpointGuard;
import io.millrace.model.emitter.PowerBiParameters;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.util.Timeout;
import org.apache.kafka.common.utils.ThreadUtils;

/** The HTTP client of one task, its tokens, and what each dataset still takes. */
final class PowerBiOutlet implements Outlet {

  private final PowerBiConfig config;
  private final EmitterIdentities identities;
  private final ExecutorService lookups;
  private final Clock steady;
  private final Wire wire;
  private final Service service;
  private final Map<String, DatasetLimits> limits = new ConcurrentHashMap<>();

  private PowerBiOutlet(
      Map<String, String> props, DnsResolver resolver, Clock clock, Clock steady) {
    this.config = new PowerBiConfig(props);
    this.identities = EmitterIdentities.open(props, clock);
    this.steady = steady;
    // Two hosts only, both of the connector's configuration: nothing to guard.
    this.lookups =
        Executors.newCachedThreadPool(ThreadUtils.createThreadFactory("millrace-lookup", true));
    ClientConfig client = new ClientConfig(props);
    Addresses addresses =
        new Addresses(resolver, EndpointGuard.OPEN, client.proxy(), lookups, SteadyClock.begin());
    Timeout timeout = Timeout.of(config.requestTimeout());
    this.wire = new Wire(HttpClients.start(client, timeout, timeout, addresses), addresses);
    Tokens tokens = new Tokens(wire, config.statusPolicy(clock), config.requestTimeout(), clock);
    this.service = new Service(config, wire, tokens, config.statusPolicy(clock));
  }

  /** Opens no connection yet. */
  static PowerBiOutlet open(Map<String, String> props, DnsResolver resolver, Clock clock) {
    return open(props, resolver, clock, SteadyClock.begin());
  }

  /**
   * The same.
   *
   * @param steady never goes back; for limits
   */
  static PowerBiOutlet open(
      Map<String, String> props, DnsResolver resolver, Clock clock, Clock steady) {
    return new PowerBiOutlet(props, resolver, clock, steady);
  }

  @Override
  public Emitter open(EmitterSpec spec) {
    PowerBiParameters parameters = (PowerBiParameters) spec.parameters();
    String dataset = dataset(parameters);
    Target target =
        Target.of(
            URI.create(
                config.base() + dataset + "/tables/" + segment(parameters.name()) + "/rows"));
    try {
      return new PowerBiEmitter(
          Rows.of(parameters.columns()),
          target,
          service,
          limits.computeIfAbsent(dataset, each -> new DatasetLimits(config.limits(), steady)),
          identities.of(spec.identityRef()),
          config);
    } catch (InvalidExpressionException e) {
      // Whoever accepts definitions checks this; one that came another way says why it stands.
      Outcome wrong = new Outcome.Refused("a column's lookup is wrong: " + e.reason(), null);
      return emissions -> CompletableFuture.completedStage(wrong);
    }
  }

  @Override
  public void close() {
    wire.close();
    lookups.shutdownNow();
    identities.close();
  }

  private static String dataset(PowerBiParameters parameters) {
    String group = parameters.group();
    return "/v1.0/myorg"
        + (group == null ? "" : "/groups/" + segment(group))
        + "/datasets/"
        + segment(parameters.id());
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
