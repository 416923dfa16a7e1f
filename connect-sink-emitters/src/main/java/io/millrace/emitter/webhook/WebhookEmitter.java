package io.millrace.emitter.webhook;

import io.millrace.emitter.identity.EmitterIdentity;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.payload.InvalidDataException;
import io.millrace.model.emitter.WebhookParameters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Posts events to one URL. */
final class WebhookEmitter implements Emitter {

  private final WebhookParameters parameters;
  private final Layout layout;
  private final Attempts attempts;
  private final EmitterIdentity identity;
  private final @Nullable RateLimit rate;
  private final RejectionLog rejections = new RejectionLog();

  /**
   * Of one lane.
   *
   * @param identity asked for every attempt
   */
  WebhookEmitter(WebhookParameters parameters, Attempts attempts, EmitterIdentity identity) {
    this.parameters = parameters;
    this.layout = new Layout(parameters);
    this.attempts = attempts;
    this.identity = identity;
    Integer perSecond = parameters.pace().rateLimit();
    this.rate = perSecond == null ? null : new RateLimit(perSecond, System::nanoTime);
  }

  @Override
  public CompletionStage<Outcome> emit(List<Emission> emissions) {
    Duration wait = rate == null ? Duration.ZERO : rate.take();
    if (!wait.isZero()) {
      return CompletableFuture.completedStage(new Outcome.Postponed(wait));
    }
    return attempt(emissions)
        .thenApply(
            outcome -> {
              rejections.note(emissions, outcome);
              return outcome;
            });
  }

  @Override
  public int batch() {
    return parameters.mode() == WebhookParameters.Mode.BATCH ? parameters.batch().size() : 1;
  }

  @Override
  public Duration linger() {
    return parameters.batch().delay();
  }

  @Override
  public int maxInFlight() {
    Integer most = parameters.pace().maxInFlight();
    return most == null ? Integer.MAX_VALUE : most;
  }

  private CompletionStage<Outcome> attempt(List<Emission> emissions) {
    Layout.Content content;
    try {
      content = layout.of(emissions);
    } catch (InvalidDataException e) {
      return CompletableFuture.completedStage(Outcome.rejected(e.reason()));
    }
    return identity
        .current()
        .thenCompose(id -> attempts.send(MessageId.of(emissions), content, id));
  }
}
