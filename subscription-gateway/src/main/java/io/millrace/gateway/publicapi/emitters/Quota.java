package io.millrace.gateway.publicapi.emitters;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * How many emitters one user may define. What is under way on this gateway counts; two gateways at
 * once may let one more through each.
 */
final class Quota {

  private final Emitters emitters;
  private final int most;
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

  Quota(Emitters emitters, int most) {
    this.emitters = emitters;
    this.most = most;
  }

  /** Adds one if there is room; else fails with {@link HttpProblem}. */
  <T> CompletionStage<T> add(Principal owner, Supplier<CompletionStage<T>> creation) {
    int others = underWay.merge(owner.name(), 1, Integer::sum) - 1;
    try {
      if (!owner.admin() && emitters.owned(owner.name()) + others >= most) {
        throw HttpProblem.of(
            Trouble.CONFLICT, "definition", "is one too many: you may have " + most);
      }
      return creation.get().whenComplete((done, failure) -> leave(owner));
    } catch (RuntimeException e) {
      leave(owner);
      throw e;
    }
  }

  private void leave(Principal owner) {
    underWay.computeIfPresent(owner.name(), (name, count) -> count == 1 ? null : count - 1);
  }
}
