package io.millrace.emitter.webhook;

import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.payload.InvalidDataException;
import io.millrace.model.emitter.WebhookParameters;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Posts each event to one URL. */
final class WebhookEmitter implements Emitter {

  private final WebhookParameters parameters;
  private final Addresses addresses;
  private final HttpExchanges exchanges;

  WebhookEmitter(WebhookParameters parameters, Addresses addresses, HttpExchanges exchanges) {
    this.parameters = parameters;
    this.addresses = addresses;
    this.exchanges = exchanges;
  }

  @Override
  public CompletionStage<Outcome> emit(List<Emission> emissions) {
    WebhookRequest request;
    try {
      request = WebhookRequest.of(parameters, emissions.get(0).event());
    } catch (InvalidDataException e) {
      return CompletableFuture.completedStage(Outcome.rejected(e.reason()));
    }
    return addresses.find(parameters.url().getHost()).thenCompose(found -> exchanges.post(request));
  }
}
