package io.millrace.gateway.foundry.socket;

import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.event.TopicPath;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes a client to topics, and ends that: each topic succeeds or fails by itself. A topic of
 * which the client does not say whether it is private or public is private if the client has a
 * name, to which what it did not acknowledge can be pushed again. For one request at a time.
 */
final class Subscriber {

  private final FoundrySockets home;
  private final PublicEvents publics;

  Subscriber(FoundrySockets home, PublicEvents publics) {
    this.home = home;
    this.publics = publics;
  }

  /**
   * Subscribes.
   *
   * @param privates null if the client has no name
   * @return completes when private topics are durable; fails with {@link HttpProblem} if there are
   *     such without a name of the client
   */
  CompletionStage<TopicOutcome> subscribe(
      List<WantedTopic> wanted, Principal user, @Nullable PrivateEvents privates) {
    if (privates == null && wanted.stream().anyMatch(topic -> topic.kind() == Kind.PRIVATE)) {
      return CompletableFuture.failedFuture(
          HttpProblem.of(
              Trouble.MISSING, "clientUUID", "is missing: private topics are kept by it"));
    }
    TopicOutcome outcome = new TopicOutcome();
    Map<Kind, Set<TopicPath>> fresh = new EnumMap<>(Kind.class);
    int count = publics.topics().paths().size() + (privates == null ? 0 : count(privates));
    for (WantedTopic topic : wanted) {
      TopicPath path = path(topic, outcome);
      if (path == null) {
        continue;
      }
      Kind kind = topic.kind() != null ? topic.kind() : standard(privates);
      Set<TopicPath> known = fresh.computeIfAbsent(kind, key -> new LinkedHashSet<>());
      boolean there = known.contains(path) || topics(kind, privates).paths().contains(path);
      if (!home.devices().mayFollow(user, path)) {
        outcome.failed(topic, "is not for client devices");
      } else if (!there && count >= home.config().maxTopics()) {
        outcome.failed(topic, "is one more than the " + count + " that a client may have");
      } else {
        outcome.succeeded(topic);
        if (!there) {
          known.add(path);
          count++;
        }
      }
    }
    Set<TopicPath> toPublic = fresh.getOrDefault(Kind.PUBLIC, Set.of());
    Set<TopicPath> toPrivate = fresh.getOrDefault(Kind.PRIVATE, Set.of());
    return applied(
        outcome,
        publics.topics().with(toPublic),
        privates == null ? null : privates.topics().with(toPrivate),
        user,
        privates);
  }

  /** Ends subscriptions, whether private or public if the client does not say. */
  CompletionStage<TopicOutcome> unsubscribe(
      List<WantedTopic> wanted, Principal user, @Nullable PrivateEvents privates) {
    TopicOutcome outcome = new TopicOutcome();
    Topics left = publics.topics();
    Topics leftPrivate = topics(Kind.PRIVATE, privates);
    for (WantedTopic topic : wanted) {
      TopicPath path = path(topic, outcome);
      if (path == null) {
        continue;
      }
      boolean inPublic = topic.kind() != Kind.PRIVATE && left.paths().contains(path);
      boolean inPrivate = topic.kind() != Kind.PUBLIC && leftPrivate.paths().contains(path);
      if (inPublic || inPrivate) {
        outcome.succeeded(topic);
        left = inPublic ? left.without(Set.of(path)) : left;
        leftPrivate = inPrivate ? leftPrivate.without(Set.of(path)) : leftPrivate;
      } else {
        outcome.failed(topic, "is not subscribed to");
      }
    }
    return applied(outcome, left, privates == null ? null : leftPrivate, user, privates);
  }

  /** Those that the user may follow now. */
  Topics allowed(Topics topics, Principal user) {
    return new Topics(
        topics.paths().stream().filter(path -> home.devices().mayFollow(user, path)).toList());
  }

  /** Ends the subscriptions that the user may not have any more, and tells which these are. */
  CompletionStage<TopicOutcome> dropForbidden(Principal user, @Nullable PrivateEvents privates) {
    Topics left = allowed(publics.topics(), user);
    Topics before = topics(Kind.PRIVATE, privates);
    Topics leftPrivate = allowed(before, user);
    TopicOutcome outcome = new TopicOutcome();
    Stream.concat(
            publics.topics().without(left.paths()).paths().stream(),
            before.without(leftPrivate.paths()).paths().stream())
        .map(path -> new WantedTopic(path.toString(), null))
        .forEach(topic -> outcome.failed(topic, "is not for client devices"));
    return applied(outcome, left, privates == null ? null : leftPrivate, user, privates);
  }

  private CompletionStage<TopicOutcome> applied(
      TopicOutcome outcome,
      Topics toPublic,
      @Nullable Topics toPrivate,
      Principal user,
      @Nullable PrivateEvents privates) {
    CompletionStage<Void> kept =
        privates == null || toPrivate == null || toPrivate.paths().equals(privates.topics().paths())
            ? CompletableFuture.completedFuture(null)
            : privates.change(toPrivate);
    if (toPublic.paths().equals(publics.topics().paths())) {
      return kept.thenApply(nothing -> outcome);
    }
    return kept.thenCompose(nothing -> home.ready())
        .thenApply(
            nothing -> {
              publics.change(toPublic, new Viewer(user.name(), user.roles()));
              return outcome;
            });
  }

  private static int count(PrivateEvents privates) {
    return privates.topics().paths().size();
  }

  private static Kind standard(@Nullable PrivateEvents privates) {
    return privates == null ? Kind.PUBLIC : Kind.PRIVATE;
  }

  private Topics topics(Kind kind, @Nullable PrivateEvents privates) {
    if (kind == Kind.PUBLIC) {
      return publics.topics();
    }
    return privates == null ? new Topics(List.of()) : privates.topics();
  }

  private static @Nullable TopicPath path(WantedTopic topic, TopicOutcome outcome) {
    try {
      return TopicPath.parse(topic.written());
    } catch (IllegalArgumentException e) {
      outcome.failed(topic, "is no topic: " + e.getMessage());
      return null;
    }
  }
}
