package io.millrace.filter.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.TopicPath;
import io.millrace.model.security.Permission;
import io.millrace.model.security.SecurityRules;
import io.millrace.model.security.TopicRule;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessRulesTest {

  private static final Viewer OPS = new Viewer("olga", Set.of("ops"));
  private static final Viewer HR = new Viewer("hans", Set.of("hr"));
  private static final Viewer BOTH = new Viewer("bea", Set.of("ops", "hr"));
  private static final Viewer NOBODY = new Viewer("nora", Set.of());
  private static final Viewer ADMIN = new Viewer("ada", Set.of("admin"));

  @Test
  void withoutRulesEverybodySeesEverything() {
    assertThat(AccessRules.OPEN.of(event("a", null)).admits(NOBODY)).isTrue();
    assertThat(AccessRules.OPEN.of(event(null, null)).admits(Viewer.STRANGER)).isTrue();
    assertThat(AccessRules.OPEN.everybodySeesAll()).isTrue();
    assertThat(AccessRules.OPEN.canHide(NOBODY, List.of())).isFalse();
  }

  @Test
  void aRuleHoldsForItsTopicAndAllBelow() {
    AccessRules rules = rules(rule("a", Permission.ofRoles("ops")));
    assertThat(sees(rules, OPS, "a")).isTrue();
    assertThat(sees(rules, OPS, "a/b/c")).isTrue();
    assertThat(sees(rules, HR, "a")).isFalse();
    assertThat(sees(rules, HR, "a/b")).isFalse();
    assertThat(sees(rules, HR, "/a/b")).isFalse();
    assertThat(sees(rules, HR, "ab")).isTrue();
    assertThat(sees(rules, HR, "b")).isTrue();
    assertThat(sees(rules, ADMIN, "a/b")).isTrue();
    assertThat(sees(rules, Viewer.STRANGER, "a")).isFalse();
    assertThat(sees(rules, Viewer.STRANGER, "b")).isTrue();
  }

  @Test
  void aRuleBelowNarrowsUnlessItReplaces() {
    AccessRules narrowing =
        rules(rule("a", Permission.ofRoles("ops")), rule("a/b", Permission.ofRoles("hr")));
    assertThat(sees(narrowing, OPS, "a/b")).isFalse();
    assertThat(sees(narrowing, HR, "a/b")).isFalse();
    assertThat(sees(narrowing, BOTH, "a/b")).isTrue();
    AccessRules replacing =
        rules(
            rule("a", Permission.ofRoles("ops")),
            rule("a/b", Permission.ofRoles("hr").replacing()),
            rule("a/b/c", Permission.ofRoles("hr", "other")));
    assertThat(sees(replacing, OPS, "a/b/x")).isFalse();
    assertThat(sees(replacing, HR, "a/b/c")).isTrue();
    assertThat(sees(replacing, HR, "a")).isFalse();
  }

  @Test
  void aUserIsEnoughAndEverybodyIsARole() {
    AccessRules rules =
        rules(
            rule("a", new Permission(Set.of("x"), Set.of("nora"), null, false)),
            rule("b", Permission.ofRoles()),
            rule("b/open", Permission.ofRoles("*").replacing()));
    assertThat(sees(rules, NOBODY, "a")).isTrue();
    assertThat(sees(rules, HR, "a")).isFalse();
    assertThat(sees(rules, NOBODY, "b")).isFalse();
    assertThat(sees(rules, ADMIN, "b")).isTrue();
    assertThat(sees(rules, Viewer.STRANGER, "b/open/x")).isTrue();
  }

  @Test
  void whatHasNoReadableTopicIsForAdminsUnlessOneRuleIsForAll() {
    AccessRules rules = rules(rule("a", Permission.ofRoles("ops")));
    assertThat(sees(rules, OPS, null)).isFalse();
    assertThat(sees(rules, OPS, "a//b")).isFalse();
    assertThat(sees(rules, OPS, "")).isFalse();
    assertThat(sees(rules, ADMIN, null)).isTrue();
    AccessRules all = rules(rule(null, Permission.ofRoles("*")), rule("a", Permission.ofRoles()));
    assertThat(sees(all, OPS, null)).isTrue();
    assertThat(sees(all, OPS, "a//b")).isFalse();
    assertThat(sees(all, OPS, "a")).isFalse();
    AccessRules closed =
        rules(rule(null, Permission.ofRoles()), rule("a", Permission.ofRoles("ops").replacing()));
    assertThat(sees(closed, OPS, "a/b")).isTrue();
    assertThat(sees(closed, OPS, "b")).isFalse();
    assertThat(sees(closed, OPS, null)).isFalse();
  }

  @Test
  void aConditionReadsEventAndViewerAndNoFieldHidesThem() {
    AccessRules rules =
        rules(
            rule(
                "a",
                Permission.ofRoles("*")
                    .when("event.user = viewer.name or list contains(viewer.roles, owner)")));
    assertThat(admits(rules, OPS, event("a", "{}", "olga"))).isTrue();
    assertThat(admits(rules, HR, event("a", "{\"owner\":\"hr\"}", "olga"))).isTrue();
    String forged =
        "{\"viewer\":{\"name\":\"olga\",\"roles\":[\"x\"]},\"owner\":\"x\","
            + "\"event\":{\"user\":\"hans\"},\"data\":{\"owner\":\"hr\"}}";
    assertThat(admits(rules, HR, event("a", forged, "olga"))).isFalse();
    assertThat(admits(rules, OPS, event("a", forged, "olga"))).isTrue();
    assertThat(admits(rules, ADMIN, event("a", "{}", "x"))).isTrue();
  }

  @Test
  void aConditionThatErrsDoesNotHold() {
    AccessRules rules = rules(rule("a", Permission.ofRoles("*").when("not(x = 1)")));
    assertThat(admits(rules, OPS, event("a", "{\"x\":2}"))).isTrue();
    assertThat(admits(rules, OPS, event("a", "{\"x\":1}"))).isFalse();
    assertThat(admits(rules, OPS, event("a", "no json"))).isFalse();
    assertThat(admits(rules, Viewer.STRANGER, event("a", "{\"x\":2}"))).isFalse();
  }

  @Test
  void aConditionThatIsNoFeelIsRefused() {
    assertThatThrownBy(
            () ->
                AccessRules.compile(
                    new SecurityRules(List.of(rule("a", Permission.ofRoles("*").when("1 +"))))))
        .isInstanceOf(InvalidExpressionException.class);
  }

  @Test
  void publishingHasRulesOfItsOwn() {
    AccessRules rules = rules(new TopicRule(TopicPath.parse("a"), null, Permission.ofRoles("ops")));
    assertThat(rules.everybodySeesAll()).isTrue();
    assertThat(rules.admit(OPS, event("a/b", null))).isTrue();
    assertThat(rules.admit(HR, event("a/b", null))).isFalse();
    assertThat(rules.admit(HR, event("b", null))).isTrue();
    assertThat(rules.admit(HR, event(null, null))).isFalse();
    assertThat(sees(rules, HR, "a/b")).isTrue();
  }

  @Test
  void tellsWhichTopicsAreOpenAndWhereSomethingMayBeHidden() {
    AccessRules rules =
        rules(
            rule("a", Permission.ofRoles("ops")),
            rule("a/b", Permission.ofRoles("hr").replacing()),
            rule("c", Permission.ofRoles("*").when("x = 1")));
    assertThat(rules.opens(HR, topic("a"))).isTrue();
    assertThat(rules.shows(HR, topic("a"))).isFalse();
    assertThat(rules.opens(NOBODY, topic("a"))).isFalse();
    assertThat(rules.opens(NOBODY, topic("c/d"))).isTrue();
    assertThat(rules.canHide(NOBODY, List.of(topic("d")))).isFalse();
    assertThat(rules.canHide(NOBODY, List.of())).isTrue();
    assertThat(rules.canHide(OPS, List.of(topic("a")))).isTrue();
    assertThat(rules.canHide(OPS, List.of(topic("a/c")))).isFalse();
    assertThat(rules.canHide(OPS, List.of(topic("c")))).isTrue();
    assertThat(rules.canHide(ADMIN, List.of())).isFalse();
  }

  @Test
  void rulesThatChangeCountForWhoeverHasAskedBefore() {
    RulesInForce inForce = new RulesInForce(AccessRules.OPEN);
    Admission kept = inForce.of(event("a", null));
    assertThat(kept.admits(HR)).isTrue();
    inForce.replace(rules(rule("a", Permission.ofRoles("ops"))));
    assertThat(kept.admits(HR)).isFalse();
    assertThat(kept.admits(OPS)).isTrue();
    assertThat(inForce.admit(HR, event("a", null))).isTrue();
  }

  @Test
  void closedIsForAdminsAlone() {
    assertThat(sees(AccessRules.CLOSED, OPS, "a")).isFalse();
    assertThat(sees(AccessRules.CLOSED, OPS, null)).isFalse();
    assertThat(sees(AccessRules.CLOSED, ADMIN, "a")).isTrue();
    assertThat(AccessRules.CLOSED.admit(OPS, event("a", null))).isFalse();
  }

  private static AccessRules rules(TopicRule... rules) {
    try {
      return AccessRules.compile(new SecurityRules(List.of(rules)));
    } catch (InvalidExpressionException e) {
      throw new AssertionError(e);
    }
  }

  private static TopicRule rule(@Nullable String topic, Permission receive) {
    return new TopicRule(topic == null ? null : topic(topic), receive, null);
  }

  private static TopicPath topic(String text) {
    return TopicPath.parse(text);
  }

  private static boolean sees(AccessRules rules, Viewer viewer, @Nullable String topic) {
    return admits(rules, viewer, event(topic, null));
  }

  private static boolean admits(AccessRules rules, Viewer viewer, CloudEvent event) {
    return rules.of(event).admits(viewer);
  }

  private static CloudEvent event(@Nullable String topic, @Nullable String data) {
    return event(topic, data, null);
  }

  private static CloudEvent event(
      @Nullable String topic, @Nullable String data, @Nullable String user) {
    CloudEventBuilder builder =
        CloudEventBuilder.v1().withId("1").withType("t").withSource(URI.create("/s"));
    if (topic != null) {
      builder.withExtension(Extensions.TOPIC_PATH, topic);
    }
    if (user != null) {
      builder.withExtension(Extensions.USER, user);
    }
    return data == null
        ? builder.build()
        : builder.withData("application/json", data.getBytes(StandardCharsets.UTF_8)).build();
  }
}
