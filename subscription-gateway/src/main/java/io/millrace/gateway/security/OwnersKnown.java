package io.millrace.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.auth.RoleBook;
import io.millrace.model.security.OwnerRoles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this gateway would say of the roles of emitters' owners, and when: only when it has learnt
 * something new itself. Two gateways that disagree so do not take turns for ever. Users of the
 * users file are known by it, others by what their newest call has shown.
 */
final class OwnersKnown {

  private static final int MOST_SEEN = 10_000;

  private final RoleBook book;
  private final Clock clock;
  private final Duration retention;
  private final Cache<String, Shown> shown = Caffeine.newBuilder().maximumSize(MOST_SEEN).build();

  /** What stands in the topic, by user. */
  private final Map<String, OwnerRoles> recorded = new ConcurrentHashMap<>();

  /** What was last said or found to be so; belongs to one thread. */
  private final Map<String, Optional<OwnerRoles>> said = new HashMap<>();

  OwnersKnown(RoleBook book, Clock clock, Duration retention) {
    this.book = book;
    this.clock = clock;
    this.retention = retention;
  }

  private record Shown(Set<String> roles, Instant at) {}

  /** What a caller has shown. */
  void shown(Principal principal) {
    if (book.roles(principal.name()).isPresent()) {
      return; // Else whoever is taken out of the file would keep what he once showed.
    }
    Shown before = shown.getIfPresent(principal.name());
    Instant now = clock.instant().truncatedTo(ChronoUnit.HOURS);
    if (before == null || !before.roles.equals(principal.roles()) || before.at.isBefore(now)) {
      shown.put(principal.name(), new Shown(principal.roles(), now));
    }
  }

  void recorded(String user, @Nullable OwnerRoles roles) {
    if (roles == null) {
      recorded.remove(user);
    } else {
      recorded.put(user, roles);
    }
  }

  /** A record that is to be written; its roles are null for none any more. */
  record News(String user, @Nullable OwnerRoles roles) {}

  /** What is to be said of an owner; empty if nothing is. */
  Optional<News> news(String owner) {
    Optional<OwnerRoles> now = known(owner);
    OwnerRoles stands = recorded.get(owner);
    if (now.isEmpty() && (stands == null || stands.until() != null)) {
      return Optional.empty(); // Whoever is not of the file may be known to another gateway.
    }
    if (now.equals(said.get(owner))) {
      return Optional.empty();
    }
    return now.equals(Optional.ofNullable(stands))
        ? settled(owner, now)
        : Optional.of(new News(owner, now.orElse(null)));
  }

  /** It stands in the topic. */
  void said(News news) {
    said.put(news.user, Optional.ofNullable(news.roles));
  }

  private Optional<News> settled(String owner, Optional<OwnerRoles> now) {
    said.put(owner, now);
    return Optional.empty();
  }

  private Optional<OwnerRoles> known(String owner) {
    Optional<Set<String>> filed = book.roles(owner);
    if (filed.isPresent()) {
      shown.invalidate(owner);
      return filed.map(roles -> new OwnerRoles(roles, null));
    }
    // To the day: else each call would be a record.
    return Optional.ofNullable(shown.getIfPresent(owner))
        .map(
            seen ->
                new OwnerRoles(
                    seen.roles,
                    seen.at.truncatedTo(ChronoUnit.DAYS).plus(retention).plus(Duration.ofDays(1))));
  }
}
