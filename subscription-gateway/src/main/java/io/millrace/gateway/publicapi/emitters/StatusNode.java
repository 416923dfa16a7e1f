package io.millrace.gateway.publicapi.emitters;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.emitter.Activation;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.Failure;
import io.millrace.model.emitter.EmitterStatus.State;
import java.util.List;
import java.util.Optional;

/** How an emitter is, in one object: what is wanted of it, and the worst that its tasks report. */
final class StatusNode {

  // Beside those that tasks report: switched on a moment ago, or nothing reported yet.
  private static final String STARTING = "STARTING";
  private static final String UNKNOWN = "UNKNOWN";

  private StatusNode() {}

  static ObjectNode of(Activation wanted, List<EmitterStatus> reported) {
    Optional<EmitterStatus> worst =
        reported.stream()
            .filter(status -> status.generation() >= wanted.generation())
            .max(comparing(EmitterStatus::state).thenComparing(EmitterStatus::consecutiveFailures));
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("enabled", wanted.enabled());
    if (!wanted.enabled()) {
      node.put("state", State.DISABLED.name());
      node.put("error", "switched off; enable it again to go on");
    } else if (worst.isEmpty()) {
      node.put("state", reported.isEmpty() ? UNKNOWN : STARTING);
    } else {
      tell(worst.get(), node);
    }
    return node;
  }

  private static void tell(EmitterStatus status, ObjectNode node) {
    node.put("state", status.state().name());
    node.put("consecutiveFailures", status.consecutiveFailures());
    node.put("updated", status.updated().toString());
    if (status.state() == State.DISABLED) {
      node.put("disabledSince", status.updated().toString());
    }
    Failure failure = status.failure();
    if (failure != null) {
      node.put("error", failure.error());
      node.put("httpStatus", failure.status());
      node.put("attempts", failure.attempts());
      node.put("firstFailure", failure.first().toString());
      if (failure.next() != null) {
        node.put("nextAttempt", failure.next().toString());
      }
      node.put("eventId", failure.eventId());
    }
  }
}
