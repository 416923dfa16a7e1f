package io.millrace.gateway.publicapi.emitters;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.publicapi.BlockingWork;
import io.millrace.model.address.EndpointGuard;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.Problem;
import io.millrace.model.emitter.WebhookParameters;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.config.ConfigException;

/**
 * Refuses webhooks to addresses that emitters of users must not reach. The connector asks again for
 * each connection; here the user learns it at once. A host without an address now may have one
 * later.
 */
public final class WebhookAddressCheck implements RegistrationCheck, AutoCloseable {

  private static final int THREADS = 4;
  private static final int WAITING = 256;

  private final EndpointGuard guard;
  private final BlockingWork lookups = new BlockingWork("millrace-lookup", THREADS, WAITING);

  public WebhookAddressCheck(EndpointGuard guard) {
    this.guard = guard;
  }

  /**
   * By what the Webhook connector is told under {@code guard.}, so that both say the same.
   *
   * @throws ConfigException if the guard cannot be made of it
   */
  public static WebhookAddressCheck asConnector(Map<String, String> settings) {
    return new WebhookAddressCheck(guard(settings, "webhook"));
  }

  /** The guard of users' emitters; {@code type} is for messages. */
  static EndpointGuard guard(Map<String, String> settings, String type) {
    if (settings.getOrDefault("guard.emitters", "owned").equalsIgnoreCase("none")) {
      return EndpointGuard.OPEN;
    }
    EndpointGuard.Settings strict = EndpointGuard.Settings.STRICT;
    try {
      return EndpointGuard.of(
          new EndpointGuard.Settings(
              new LinkedHashSet<>(list(settings, "guard.schemes", strict.schemes())),
              list(settings, "guard.ports", strict.ports()),
              list(settings, "guard.allow", strict.allow()),
              list(settings, "guard.deny", strict.deny())));
    } catch (IllegalArgumentException e) {
      throw (ConfigException)
          new ConfigException("connector." + type + ".guard.*: " + e.getMessage()).initCause(e);
    }
  }

  /** With what an administrator can do about it. */
  static String told(String refusal, String type) {
    return refusal + "; the gateway's connector." + type + ".guard.* say what users may reach";
  }

  private static List<String> list(
      Map<String, String> settings, String key, Iterable<String> fallback) {
    String text = settings.get(key);
    if (text == null) {
      Set<String> values = new LinkedHashSet<>();
      fallback.forEach(values::add);
      return List.copyOf(values);
    }
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }

  @Override
  public CompletionStage<List<Problem>> check(EmitterDefinition definition, Principal by) {
    if (guard.isOpen() || !(definition.parameters() instanceof WebhookParameters webhook)) {
      return CompletableFuture.completedFuture(List.of());
    }
    URI url = webhook.url();
    return lookups.run(
        () ->
            guard.refusal(url, addresses(url.getHost())).stream()
                .map(refusal -> new Problem("parameters.url", told(refusal, "webhook")))
                .toList());
  }

  private static InetAddress[] addresses(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      return new InetAddress[0];
    }
  }

  @Override
  public void close() {
    lookups.close();
  }
}
