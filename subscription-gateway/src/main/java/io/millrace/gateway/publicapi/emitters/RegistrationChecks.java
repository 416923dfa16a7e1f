package io.millrace.gateway.publicapi.emitters;

import io.millrace.gateway.auth.Principal;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All checks at once, none for longer than it may take. */
final class RegistrationChecks implements RegistrationCheck {

  private static final Logger LOG = LoggerFactory.getLogger(RegistrationChecks.class);

  private final List<RegistrationCheck> checks;
  private final Duration timeout;

  RegistrationChecks(List<RegistrationCheck> checks, Duration timeout) {
    this.checks = List.copyOf(checks);
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<List<Problem>> check(EmitterDefinition definition, Principal by) {
    List<CompletableFuture<List<Problem>>> answers =
        checks.stream().map(check -> ask(check, definition, by)).toList();
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            all -> {
              List<Problem> problems = new ArrayList<>();
              answers.forEach(answer -> problems.addAll(answer.join()));
              return problems;
            });
  }

  private CompletableFuture<List<Problem>> ask(
      RegistrationCheck check, EmitterDefinition definition, Principal by) {
    CompletableFuture<List<Problem>> answer;
    try {
      // A future of our own, so that giving up does not reach into the check's.
      answer = check.check(definition, by).toCompletableFuture().copy();
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> List.of(new Problem("parameters", meaning(failure))));
  }

  private String meaning(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return "could not be checked within " + timeout.toMillis() + " ms";
    }
    LOG.warn("A check of a definition failed", failure);
    return "could not be checked";
  }
}
