package io.millrace.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.auth.Principal;
import io.millrace.model.security.OwnerRoles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnersKnownTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final Map<String, Set<String>> file = new HashMap<>();
  private final Duration retention = Duration.ofDays(30);
  private final OwnersKnown owners = at(NOON);

  @Test
  void tellsWhatTheFileSaysOnceAndAgainWhenItChanges() {
    file.put("olga", Set.of("ops"));
    assertThat(tell(owners, "olga")).isEqualTo(new OwnerRoles(Set.of("ops"), null));
    assertThat(owners.news("olga")).isEmpty();
    // Somebody else's gateway says otherwise: they must not take turns.
    owners.recorded("olga", new OwnerRoles(Set.of("other"), null));
    assertThat(owners.news("olga")).isEmpty();
    file.put("olga", Set.of());
    assertThat(tell(owners, "olga")).isEqualTo(new OwnerRoles(Set.of(), null));
    file.remove("olga");
    assertThat(tell(owners, "olga")).isNull();
    assertThat(owners.news("olga")).isEmpty();
  }

  @Test
  void whoeverIsTakenOutOfTheFileKeepsNothingThatHeHasShown() {
    owners.shown(new Principal("olga", Set.of("ops"), null, null));
    file.put("olga", Set.of("ops"));
    owners.shown(new Principal("olga", Set.of("ops"), null, null));
    assertThat(tell(owners, "olga")).isEqualTo(new OwnerRoles(Set.of("ops"), null));
    file.remove("olga");
    assertThat(tell(owners, "olga")).isNull();
  }

  @Test
  void whatStandsThereIsNotToldAgainAfterAStart() {
    file.put("olga", Set.of("ops"));
    owners.recorded("olga", new OwnerRoles(Set.of("ops"), null));
    assertThat(owners.news("olga")).isEmpty();
  }

  @Test
  void othersHaveForAWhileWhatTheyHaveShown() {
    assertThat(owners.news("jo")).isEmpty();
    owners.shown(new Principal("jo", Set.of("a"), null, null));
    OwnerRoles told = tell(owners, "jo");
    assertThat(told.roles()).containsExactly("a");
    assertThat(told.holdsAt(NOON.plus(retention))).isTrue();
    assertThat(told.holdsAt(NOON.plus(retention).plus(Duration.ofDays(1)))).isFalse();
    owners.shown(new Principal("jo", Set.of("a"), null, null));
    assertThat(owners.news("jo")).isEmpty();
    owners.shown(new Principal("jo", Set.of("b"), null, null));
    assertThat(tell(owners, "jo").roles()).containsExactly("b");
  }

  @Test
  void whatAnotherGatewayWasShownStays() {
    OwnerRoles elsewhere = new OwnerRoles(Set.of("a"), NOON.plus(retention));
    owners.recorded("jo", elsewhere);
    assertThat(owners.news("jo")).isEmpty();
  }

  private OwnersKnown at(Instant now) {
    return new OwnersKnown(
        user -> Optional.ofNullable(file.get(user)), Clock.fixed(now, ZoneOffset.UTC), retention);
  }

  private static OwnerRoles tell(OwnersKnown owners, String user) {
    OwnersKnown.News news = owners.news(user).orElseThrow();
    owners.said(news);
    owners.recorded(user, news.roles());
    return news.roles();
  }
}
