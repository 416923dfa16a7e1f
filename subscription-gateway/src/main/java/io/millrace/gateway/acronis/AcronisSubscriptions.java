package io.millrace.gateway.acronis;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.failure.Causes;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.subscription.SubscriptionException;
import io.millrace.gateway.subscription.Subscriptions;
import io.millrace.model.acronis.AcronisEvent;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Finds the subscriptions of this dialect, for those who may see them. */
public final class AcronisSubscriptions {

  private static final String ID = "subscription_id";

  private final Subscriptions subscriptions;
  private final AcronisAccess access;

  public AcronisSubscriptions(Subscriptions subscriptions, AcronisAccess access) {
    this.subscriptions = subscriptions;
    this.access = access;
  }

  /**
   * A subscription. Fails with {@link HttpProblem} if the id is none, there is no such
   * subscription, or it is of a tenant that the caller must not see.
   */
  public CompletionStage<AcronisSubscription> find(Principal principal, @Nullable String id) {
    String known = id(id);
    return told(subscriptions.definition(known))
        .thenApply(
            found -> {
              AcronisSubscription subscription =
                  found
                      .filter(each -> each.dialect().equals(AcronisSubscription.DIALECT))
                      .map(each -> AcronisSubscription.of(known, each))
                      .orElseThrow(
                          () ->
                              HttpProblem.of(
                                  Trouble.NOT_FOUND, ID, "is of no subscription: " + known));
              access.check(principal, subscription.tenantId());
              return subscription;
            });
  }

  /**
   * The id of a subscription as it is kept.
   *
   * @throws HttpProblem if it is none
   */
  static String id(@Nullable String id) {
    if (id == null || id.isBlank()) {
      throw HttpProblem.of(Trouble.MISSING, ID, "is missing");
    }
    if (!AcronisEvent.isUuid(id)) {
      throw HttpProblem.of(Trouble.MALFORMED, ID, "must be a UUID");
    }
    return id.toLowerCase(Locale.ROOT);
  }

  /** The same, with what subscriptions fail with told as {@link HttpProblem}. */
  public static <T> CompletionStage<T> told(CompletionStage<T> stage) {
    return stage.exceptionally(
        failure -> {
          if (Causes.of(failure) instanceof SubscriptionException refused) {
            throw problem(refused);
          }
          throw Causes.wrapped(failure);
        });
  }

  private static HttpProblem problem(SubscriptionException refused) {
    String reason = "was refused: " + refused.getMessage();
    return switch (refused.reason()) {
      case UNKNOWN -> HttpProblem.of(Trouble.NOT_FOUND, ID, reason);
      case FORBIDDEN -> HttpProblem.of(Trouble.FORBIDDEN, ID, reason);
      case QUOTA -> HttpProblem.of(Trouble.FORBIDDEN, "owner", reason);
      case EXISTS -> HttpProblem.of(Trouble.CONFLICT, ID, reason);
      case UNAVAILABLE ->
          HttpProblem.of(Trouble.UNAVAILABLE, "request", reason).with("Retry-After", "1");
      default -> HttpProblem.of(Trouble.MALFORMED, "request", reason);
    };
  }
}
