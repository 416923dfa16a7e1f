package io.millrace.emitter.powerbi;

import io.millrace.emitter.http.Target;
import io.millrace.emitter.identity.EmitterIdentity;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts events into one table, as many at a time as the dataset takes. */
final class PowerBiEmitter implements Emitter {

  private final Rows rows;
  private final Target target;
  private final Service service;
  private final DatasetLimits limits;
  private final EmitterIdentity identity;
  private final PowerBiConfig config;
  // Halved whenever the service finds a batch too large.
  private final AtomicInteger batch;

  PowerBiEmitter(
      Rows rows,
      Target target,
      Service service,
      DatasetLimits limits,
      EmitterIdentity identity,
      PowerBiConfig config) {
    this.rows = rows;
    this.target = target;
    this.service = service;
    this.limits = limits;
    this.identity = identity;
    this.config = config;
    this.batch = new AtomicInteger(config.batchRows());
  }

  @Override
  public int batch() {
    return batch.get();
  }

  @Override
  public Duration linger() {
    return config.batchDelay();
  }

  @Override
  public int maxInFlight() {
    return config.limits().pending();
  }

  /** A row that cannot be made rejects the rest; what stands before it is posted. */
  @Override
  public CompletionStage<Outcome> emit(List<Emission> emissions) {
    List<Rows.Row> made = new ArrayList<>(emissions.size());
    Outcome rest = Outcome.DELIVERED;
    for (Emission emission : emissions) {
      try {
        made.add(rows.row(emission.event()));
      } catch (InvalidRowException e) {
        rest = Outcome.rejected(String.valueOf(e.getMessage()));
        break;
      }
    }
    return made.isEmpty() ? CompletableFuture.completedStage(rest) : post(made, rest);
  }

  private CompletionStage<Outcome> post(List<Rows.Row> made, Outcome rest) {
    Duration wait = limits.take(made.size());
    if (!wait.isZero()) {
      return CompletableFuture.completedStage(new Outcome.Postponed(wait));
    }
    CompletionStage<Outcome> posted;
    try {
      byte[] body = rows.body(made);
      posted = identity.current().thenCompose(known -> service.post(target, body, known));
    } catch (RuntimeException e) {
      limits.answered();
      throw e;
    }
    return posted
        .whenComplete((outcome, error) -> limits.answered())
        .thenApply(outcome -> ended(outcome, made.size(), rest));
  }

  private Outcome ended(Outcome outcome, int count, Outcome rest) {
    if (outcome instanceof Outcome.Retry retry && retry.atLeast() != null) {
      // For the dataset's other lanes; this one is told by the outcome.
      limits.close(retry.atLeast());
    }
    if (Service.isTooLarge(outcome)) {
      batch.accumulateAndGet(Math.max(1, count / 2), Math::min);
    }
    boolean isPart = outcome instanceof Outcome.Delivered && !(rest instanceof Outcome.Delivered);
    return isPart ? new Outcome.Partly(count, rest) : outcome;
  }
}
