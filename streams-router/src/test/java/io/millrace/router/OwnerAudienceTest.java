package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.filter.audience.Viewer;
import io.millrace.model.event.TopicPath;
import io.millrace.model.security.OwnerRoles;
import io.millrace.model.security.Permission;
import io.millrace.model.security.SecurityRules;
import io.millrace.model.security.TopicRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnerAudienceTest {

  private static final SecurityRules OPS =
      new SecurityRules(
          List.of(new TopicRule(TopicPath.parse("a"), Permission.ofRoles("ops"), null)));

  private final OwnerAudience audience = new OwnerAudience(TestLanes.CLOCK);

  @Test
  void isClosedUntilItIsKnownAndWhenItIsGoneAgain() {
    assertThat(audience.isKnown()).isFalse();
    assertThat(sees("olga", "b")).isFalse();
    audience.rules(Optional.of(SecurityRules.NONE));
    assertThat(audience.isKnown()).isTrue();
    assertThat(audience.restricts()).isFalse();
    audience.rules(Optional.empty());
    assertThat(audience.isKnown()).isTrue();
    assertThat(audience.restricts()).isTrue();
    assertThat(sees("olga", "b")).isFalse();
  }

  @Test
  void rulesThatDoNotCompileAreClosed() {
    audience.rules(
        Optional.of(
            new SecurityRules(
                List.of(
                    new TopicRule(
                        TopicPath.parse("a"), Permission.ofRoles("*").when("1 +"), null)))));
    assertThat(sees("olga", "b")).isFalse();
  }

  @Test
  void ofWhomNothingIsKnownSeesWhatIsOpenToEverybody() {
    audience.rules(Optional.of(OPS));
    assertThat(sees("olga", "b")).isTrue();
    assertThat(sees("olga", "a/x")).isFalse();
    audience.roles("olga", new OwnerRoles(Set.of("ops"), null));
    assertThat(sees("olga", "a/x")).isTrue();
    assertThat(sees("otto", "a/x")).isFalse();
    audience.roles("olga", new OwnerRoles(Set.of("hr"), null));
    assertThat(sees("olga", "a/x")).isFalse();
    audience.roles("olga", null);
    assertThat(audience.viewer("olga")).isEqualTo(Viewer.STRANGER);
  }

  @Test
  void rolesThatHaveGrownOldDoNotCount() {
    audience.rules(Optional.of(OPS));
    var now = TestLanes.CLOCK.instant();
    audience.roles("olga", new OwnerRoles(Set.of("ops"), now.plus(Duration.ofSeconds(1))));
    assertThat(sees("olga", "a")).isTrue();
    audience.roles("olga", new OwnerRoles(Set.of("ops"), now));
    assertThat(sees("olga", "a")).isFalse();
  }

  private boolean sees(String owner, String topic) {
    return audience.of(TestLanes.event("1", topic)).admits(audience.viewer(owner));
  }
}
