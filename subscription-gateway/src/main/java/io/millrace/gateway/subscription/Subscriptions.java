package io.millrace.gateway.subscription;

import io.millrace.filter.Tenants;
import io.millrace.filter.audience.AccessRules;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.stream.Heads;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import io.millrace.management.Health;
import io.millrace.model.event.ResourceName;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.subscription.SubscriptionDefinition;
import io.millrace.model.subscription.SubscriptionRecord;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The durable subscriptions of all clients. A subscription is a filter over one stream and the id
 * of the last event acknowledged; both stand in Kafka, so every gateway of a cluster serves every
 * subscription, and none of them is lost with it. An event's id is its Kafka offset + 1.
 *
 * <p>What is promised: events come in the order of the log; each that matches comes at least once
 * until it is acknowledged, and not again once an acknowledgement was answered. At most one client
 * is connected to a subscription; a newer one takes over, through whichever gateway it comes.
 *
 * <p>Safe for use by several threads. No method blocks; stages complete on threads of this object,
 * which must not be blocked either, and fail with {@link SubscriptionException}.
 */
public final class Subscriptions implements AutoCloseable {

  private final Running running;
  private final Node node;
  private final @Nullable Heads own;

  /** Under way, by the subscription's id: the last one of each. */
  private final ConcurrentMap<String, CompletableFuture<Void>> openings = new ConcurrentHashMap<>();

  private Subscriptions(Running running, @Nullable Heads own) {
    this.running = running;
    this.node = running.node();
    this.own = own;
  }

  /**
   * Begins to serve, after the topic of subscriptions exists; what stands in it is read meanwhile.
   *
   * @param clients settings that every Kafka client gets
   * @throws KafkaException if the topic could not be created
   * @throws InterruptedException if interrupted while the broker works
   */
  public static Subscriptions start(
      SubscriptionConfig config, Map<String, ?> clients, MillraceTopics topics)
      throws InterruptedException {
    return start(config, clients, topics, Tenants.FLAT, new RulesInForce(AccessRules.OPEN));
  }

  /**
   * The same.
   *
   * @param tenants asked for each event that a filter wants of certain tenants
   * @param rules asked for each event that is to be handed out: also for those of before the rules
   */
  public static Subscriptions start(
      SubscriptionConfig config,
      Map<String, ?> clients,
      MillraceTopics topics,
      Tenants tenants,
      RulesInForce rules)
      throws InterruptedException {
    Heads own = new Heads(clients, topics);
    return new Subscriptions(Running.start(config, clients, topics, tenants, rules, own), own);
  }

  /**
   * The same.
   *
   * @param heads reads the streams; to be closed by the caller, after this
   */
  public static Subscriptions start(
      SubscriptionConfig config,
      Map<String, ?> clients,
      MillraceTopics topics,
      Tenants tenants,
      RulesInForce rules,
      Heads heads)
      throws InterruptedException {
    return new Subscriptions(Running.start(config, clients, topics, tenants, rules, heads), null);
  }

  /**
   * Makes a subscription that is not there yet.
   *
   * @param position events after this one are its; without it, those after the stream's newest
   * @return completes when it is durable; fails with {@code EXISTS} if there is one of this id, be
   *     it that another gateway was just quicker
   */
  public CompletionStage<Void> create(
      String id, SubscriptionDefinition definition, OptionalLong position) {
    return ResourceName.isValid(id)
        ? told(new Creation(node, id, definition, position).create())
        : CompletableFuture.failedFuture(invalidId());
  }

  /**
   * Connects a client. A subscription that is not known is created; one that is goes on behind its
   * acknowledged position, with the filter that is given now. Whoever was connected before is told
   * {@link SessionEnd#TAKEN_OVER}.
   *
   * @param id chosen by the client, such as a UUID
   * @param lastEventId this event and all before it count as acknowledged; 0 begins a new
   *     subscription at the log's beginning, and without it a new one begins at the end
   * @param observer hears nothing before the session's {@link Session#request}, except its end;
   *     gets what is open to everybody
   */
  public CompletionStage<Session> open(
      String id,
      SubscriptionDefinition definition,
      OptionalLong lastEventId,
      Pace pace,
      SubscriptionObserver observer) {
    return open(id, definition, lastEventId, pace, observer, () -> Viewer.STRANGER);
  }

  /**
   * The same for somebody in particular.
   *
   * @param viewer who is connected, asked for each event; gets what he may see then
   */
  public CompletionStage<Session> open(
      String id,
      SubscriptionDefinition definition,
      OptionalLong lastEventId,
      Pace pace,
      SubscriptionObserver observer,
      Supplier<Viewer> viewer) {
    if (!ResourceName.isValid(id)) {
      return CompletableFuture.failedFuture(invalidId());
    }
    var opening = new Opening(node, id, definition, lastEventId, pace, observer, viewer);
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletableFuture<Void> before = openings.put(id, done);
    // One after the other, so that the client which came last is the one that stays.
    CompletionStage<Session> opened =
        before == null
            ? opening.open()
            : before.thenComposeAsync(nothing -> opening.open(), node.executor());
    CompletionStage<Session> unused =
        opened.whenComplete(
            (session, failure) -> {
              openings.remove(id, done);
              done.complete(null);
            });
    return Failures.told(opened, node.executor(), Session::close);
  }

  /**
   * Asks once for the events behind an offset, without acknowledging any: the same question has the
   * same answer again, only that there may be more by then. It is answered at once if there are
   * some, or if a long stretch was looked at in vain; else when some come, or it is time. An offset
   * that retention has passed counts as the earliest.
   *
   * <p>One consumer at a time holds a subscription, through whichever gateways it comes, until it
   * has been silent for its session time-out. It is not silent while it waits.
   *
   * @return fails with {@code HELD} while another consumer holds the subscription; with {@code
   *     INVALID} for an offset beyond the newest; with {@code UNKNOWN}; and with {@code
   *     UNAVAILABLE} when it cannot be known any more whether the consumer holds it
   */
  public PendingPoll poll(String id, PollRequest request) {
    return running.polls().poll(id, request);
  }

  /** How many polls have been begun here and not answered. */
  public int waitingPolls() {
    return running.polls().waiting();
  }

  /** Answers all polls that wait with what there is, and takes no more; before all is closed. */
  public void stopPolls() {
    running.polls().stop();
  }

  /**
   * Acknowledges an event and all before it, in the name of nobody in particular: the client may be
   * connected to another gateway, or not at all. Does nothing for an event that is acknowledged.
   *
   * @return completes when that is durable; fails with {@code UNKNOWN}, with {@code NOT_DELIVERED}
   *     for an event beyond the last that was ever delivered, or with {@code UNAVAILABLE}
   */
  public CompletionStage<Void> acknowledge(String id, long eventId) {
    Optional<Subscription> known = node.registry().find(id);
    CompletionStage<Void> done =
        known.isPresent()
            ? node.acknowledging().acknowledge(known.get(), eventId)
            : find(id).thenCompose(found -> node.acknowledging().acknowledge(found, eventId));
    return told(done);
  }

  /**
   * Sets the acknowledged position, forth or back; a connected client is told {@link
   * SessionEnd#MOVED}.
   *
   * @param eventId events after this one are delivered; at most the id of the stream's newest
   * @return completes when that is durable
   */
  public CompletionStage<Void> move(String id, long eventId) {
    return told(find(id).thenCompose(found -> new Move(node, found, eventId).move()));
  }

  /**
   * Stores the position that a client names, forth or back, whatever was delivered to it.
   *
   * @param eventId at most the id of the stream's newest
   * @return completes when that is durable
   */
  public CompletionStage<Void> commit(String id, long eventId) {
    return told(find(id).thenCompose(found -> new Commit(node, found, eventId).commit()));
  }

  /** The stored position: id of the last event that is acknowledged, by any gateway. */
  public CompletionStage<Long> position(String id) {
    return told(find(id).thenApply(Subscription::acknowledged));
  }

  /**
   * Removes a subscription; a connected client is told {@link SessionEnd#UNSUBSCRIBED}.
   *
   * @return completes when that is durable; false if there was no such subscription
   */
  public CompletionStage<Boolean> unsubscribe(String id) {
    return told(
        node.read()
            .thenCompose(
                nothing ->
                    node.registry()
                        .find(id)
                        .map(found -> Removal.of(node, found).thenApply(removed -> true))
                        .orElseGet(() -> CompletableFuture.completedFuture(false))));
  }

  /** How a subscription is, for somebody who may see what is open to everybody. */
  public CompletionStage<Optional<SubscriptionStatus>> status(String id) {
    return status(id, Viewer.STRANGER);
  }

  /**
   * How a subscription is: everything counts that was answered before, by any gateway.
   *
   * @param viewer who asks; events that he may not see are not counted
   */
  public CompletionStage<Optional<SubscriptionStatus>> status(String id, Viewer viewer) {
    return told(
        node.read()
            .thenCompose(
                nothing ->
                    node.registry()
                        .find(id)
                        .map(found -> new Status(node, running.nodes(), found, viewer).ask())
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))));
  }

  /** What a subscription is, if there is one; told at once when it is known here. */
  public CompletionStage<Optional<SubscriptionDefinition>> definition(String id) {
    Optional<SubscriptionDefinition> known = known(id);
    return known.isPresent()
        ? CompletableFuture.completedFuture(known)
        : told(node.read().thenApply(nothing -> known(id)));
  }

  /** The subscriptions that fit, by their ids: everything counts that was answered before. */
  public CompletionStage<SortedMap<String, SubscriptionDefinition>> list(
      Predicate<SubscriptionDefinition> wanted) {
    return told(
        node.read()
            .thenApply(
                nothing -> {
                  SortedMap<String, SubscriptionDefinition> found = new TreeMap<>();
                  for (Subscription each : node.registry().all()) {
                    SubscriptionRecord record = each.record();
                    if (record != null && wanted.test(record.definition())) {
                      found.put(each.id, record.definition());
                    }
                  }
                  return found;
                }));
  }

  /** Positions in the streams that can be subscribed to. */
  public StreamPositions positions() {
    return new StreamPositions(node);
  }

  /** Completes when what stood in Kafka at the start was read. */
  public CompletionStage<Void> ready() {
    return node.follower().complete();
  }

  /** Ready when what stood in Kafka at the start was read; known at once. */
  public Health health() {
    boolean read = node.follower().complete().isDone();
    long count = node.registry().all().stream().filter(each -> each.record() != null).count();
    return new Health(read, Map.of("subscriptions", read ? "" + count : "being read"));
  }

  /** Ends all sessions and waits a little until what is known is written. */
  @Override
  public void close() {
    running.close();
    if (own != null) {
      own.close();
    }
  }

  private Optional<SubscriptionDefinition> known(String id) {
    return node.registry().find(id).map(Subscription::record).map(SubscriptionRecord::definition);
  }

  private static SubscriptionException invalidId() {
    return new SubscriptionException(
        Reason.INVALID, "A subscription's id has " + ResourceName.RULE + ".");
  }

  private CompletionStage<Subscription> find(String id) {
    return node.read()
        .thenApply(
            nothing ->
                node.registry()
                    .find(id)
                    .orElseThrow(
                        () ->
                            new SubscriptionException(
                                Reason.UNKNOWN, "There is no subscription " + id + ".")));
  }

  private <T> CompletionStage<T> told(CompletionStage<T> stage) {
    return Failures.told(stage, node.executor(), value -> {});
  }
}
