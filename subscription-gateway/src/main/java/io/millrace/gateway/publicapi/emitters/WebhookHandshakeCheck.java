package io.millrace.gateway.publicapi.emitters;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.outbound.WebhookHandshake;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.Problem;
import io.millrace.model.emitter.WebhookParameters;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Refuses webhooks whose endpoint does not consent to be delivered to. The rate that an endpoint
 * allows is not heeded: emitters have a rate of their own.
 */
public final class WebhookHandshakeCheck implements RegistrationCheck, AutoCloseable {

  private final RegistrationCheck first;
  private final WebhookHandshake handshake;

  /**
   * Asks nobody yet.
   *
   * @param first whoever it refuses is not asked, and not told the same again
   * @param handshake closed with this
   */
  public WebhookHandshakeCheck(RegistrationCheck first, WebhookHandshake handshake) {
    this.first = first;
    this.handshake = handshake;
  }

  /**
   * Reaches what the Webhook connector may reach for users, as it is told under {@code guard.}.
   *
   * @param addresses asked first; not closed with this
   * @param origin the name of this installation
   * @param timeout for the whole of one handshake
   * @throws org.apache.kafka.common.config.ConfigException if the guard cannot be made of it
   */
  public static WebhookHandshakeCheck asConnector(
      WebhookAddressCheck addresses,
      Map<String, String> settings,
      String origin,
      Duration timeout) {
    return new WebhookHandshakeCheck(
        addresses,
        WebhookHandshake.start(WebhookAddressCheck.guard(settings, "webhook"), origin, timeout));
  }

  @Override
  public CompletionStage<List<Problem>> check(EmitterDefinition definition, Principal by) {
    if (!(definition.parameters() instanceof WebhookParameters webhook)) {
      return CompletableFuture.completedFuture(List.of());
    }
    return first
        .check(definition, by)
        .thenCompose(
            problems ->
                problems.isEmpty()
                    ? ask(webhook.url())
                    : CompletableFuture.completedFuture(List.of()));
  }

  private CompletionStage<List<Problem>> ask(URI url) {
    return handshake
        .ask(url)
        .thenApply(
            refusal ->
                refusal.stream().map(reason -> new Problem("parameters.url", reason)).toList());
  }

  @Override
  public void close() {
    handshake.close();
  }
}
