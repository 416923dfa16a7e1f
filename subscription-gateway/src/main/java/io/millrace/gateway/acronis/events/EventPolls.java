package io.millrace.gateway.acronis.events;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.failure.Causes;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.security.Viewers;
import io.millrace.gateway.subscription.PendingPoll;
import io.millrace.gateway.subscription.PollRequest;
import io.millrace.gateway.subscription.PolledEvents;
import io.millrace.gateway.subscription.SubscriptionException;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.gateway.subscription.Subscriptions;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;

/**
 * {@code GET /events}: holds the request until there are events or it is time. Source: Acronis,
 * Event Manager.
 */
public final class EventPolls {

  /** Subscriptions of this dialect are served, and no others. */
  public static final String DIALECT = "acronis";

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final String RETRY_AFTER = "Retry-After";

  private final Subscriptions subscriptions;
  private final Viewers viewers;
  private final BiPredicate<Principal, SubscriptionDefinition> access;
  private final EventShape events;
  private final RateLimit rate;

  /**
   * Serves polls.
   *
   * @param perSecond how often one consumer may ask; 0 for as often as it likes
   * @param access whether somebody may read what a subscription gets
   * @param events what an event of a subscription is in this dialect
   */
  public EventPolls(
      Subscriptions subscriptions,
      Viewers viewers,
      int perSecond,
      BiPredicate<Principal, SubscriptionDefinition> access,
      EventShape events) {
    this.subscriptions = subscriptions;
    this.viewers = viewers;
    this.access = access;
    this.events = events;
    this.rate = new RateLimit(perSecond, System::nanoTime);
  }

  public Route route() {
    return new Route(
        "GET",
        "/events",
        call -> answer(call.exchange(), call.principal(), EventsQuery.of(call.exchange())));
  }

  private CompletionStage<Reply> answer(Exchange exchange, Principal caller, EventsQuery query) {
    return subscriptions
        .definition(query.subscription())
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(told(failure)))
        .thenCompose(
            known -> {
              SubscriptionDefinition definition =
                  known
                      .filter(each -> each.dialect().equals(DIALECT))
                      .orElseThrow(() -> unknown(query));
              if (!access.test(caller, definition)) {
                throw HttpProblem.of(
                    Trouble.FORBIDDEN, "subscription_id", "names a subscription out of your reach");
              }
              return poll(exchange, caller, definition, query);
            });
  }

  private CompletionStage<Reply> poll(
      Exchange exchange, Principal caller, SubscriptionDefinition definition, EventsQuery query) {
    Duration wait = rate.ask(query.subscription() + " " + query.consumer());
    if (!wait.isZero()) {
      throw HttpProblem.of(Trouble.TOO_MANY_REQUESTS, "consumer_id", "has asked too often")
          .with(RETRY_AFTER, seconds(wait));
    }
    PendingPoll poll = subscriptions.poll(query.subscription(), request(caller, definition, query));
    CompletionStage<Reply> answer =
        poll.answer()
            .thenApplyAsync(polled -> reply(exchange, definition, polled), exchange.executor())
            .exceptionallyCompose(failure -> CompletableFuture.failedFuture(told(failure)));
    return exchange.watched(answer, poll::cancel);
  }

  private PollRequest request(
      Principal caller, SubscriptionDefinition definition, EventsQuery query) {
    SessionSettings session = SessionSettings.of(definition);
    Duration most = session.timeout();
    Duration wanted = Objects.requireNonNullElse(query.timeout(), DEFAULT_TIMEOUT);
    Duration timeout = wanted.compareTo(most) < 0 ? wanted : most;
    return new PollRequest(
        query.consumer(),
        query.offset(),
        query.limit(),
        timeout,
        most,
        session.autoCommit(),
        viewers.of(caller));
  }

  private Reply reply(Exchange exchange, SubscriptionDefinition definition, PolledEvents polled) {
    if (polled.nothing()) {
      return Reply.empty(202).with(RETRY_AFTER, "1");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("offset", polled.offset());
    ArrayNode list = body.putArray("events");
    polled.events().forEach(event -> list.add(events.shape(exchange, definition, event)));
    return Reply.json(200, body);
  }

  private static HttpProblem unknown(EventsQuery query) {
    return HttpProblem.of(
        Trouble.NOT_FOUND, "subscription_id", "names no subscription: " + query.subscription());
  }

  /** What went wrong with a subscription, as a problem of the request. */
  private static Throwable told(Throwable failure) {
    Throwable cause = Causes.of(failure);
    return cause instanceof SubscriptionException why ? problem(why) : cause;
  }

  private static HttpProblem problem(SubscriptionException why) {
    String reason = "was refused: " + why.getMessage();
    Trouble trouble = trouble(why.reason());
    HttpProblem problem =
        HttpProblem.of(
            trouble, why.reason() == Reason.INVALID ? "offset" : "subscription_id", reason);
    Duration wait = why.retryAfter().orElse(Duration.ofSeconds(1));
    return trouble == Trouble.TOO_MANY_REQUESTS || trouble == Trouble.UNAVAILABLE
        ? problem.with(RETRY_AFTER, seconds(wait))
        : problem;
  }

  private static Trouble trouble(Reason reason) {
    return switch (reason) {
      case INVALID, NOT_DELIVERED -> Trouble.MALFORMED;
      case UNKNOWN -> Trouble.NOT_FOUND;
      case FORBIDDEN, QUOTA -> Trouble.FORBIDDEN;
      case HELD -> Trouble.TOO_MANY_REQUESTS;
      case EXISTS, FENCED -> Trouble.CONFLICT;
      case UNAVAILABLE -> Trouble.UNAVAILABLE;
    };
  }

  /** Rounded up: who comes then is not too early. */
  private static String seconds(Duration wait) {
    return Long.toString(wait.plusSeconds(1).minusNanos(1).toSeconds());
  }
}
