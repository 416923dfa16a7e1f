package io.millrace.filter.audience;

import io.cloudevents.CloudEvent;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.model.event.TopicPath;
import io.millrace.model.security.Permission;
import io.millrace.model.security.SecurityRules;
import io.millrace.model.security.TopicRule;
import java.util.List;
import java.util.Set;

/**
 * Security rules, compiled. For an event all rules count from that for all events down to the one
 * nearest to its topic, and each must admit; one that replaces makes those above it not count. A
 * condition that errs does not hold. Immutable, and safe for use by several threads; never throws.
 */
public final class AccessRules implements Audience, Publishers {

  /** No rules: everybody may do everything. */
  public static final AccessRules OPEN = trusted(SecurityRules.NONE);

  /** Nobody but admins may do anything: for whoever does not know the rules. */
  public static final AccessRules CLOSED = trusted(closed());

  private final RuleTree receive;
  private final RuleTree publish;

  private AccessRules(RuleTree receive, RuleTree publish) {
    this.receive = receive;
    this.publish = publish;
  }

  /**
   * Compiles rules.
   *
   * @throws InvalidExpressionException if a condition cannot be accepted
   */
  public static AccessRules compile(SecurityRules rules) throws InvalidExpressionException {
    return new AccessRules(
        RuleTree.of(rules, TopicRule::receive), RuleTree.of(rules, TopicRule::publish));
  }

  @Override
  public Admission of(CloudEvent event) {
    return receive.of(event);
  }

  /** Whether there is nothing that somebody may not see. */
  public boolean everybodySeesAll() {
    return receive.isEmpty();
  }

  @Override
  public boolean admit(Viewer publisher, CloudEvent event) {
    return publish.of(event).admits(publisher);
  }

  /** Whether the viewer may see some events of that topic, or of one below it. */
  public boolean opens(Viewer viewer, TopicPath topic) {
    return receive.opens(viewer, topic);
  }

  /** Whether the viewer may see some events of just that topic. */
  public boolean shows(Viewer viewer, TopicPath topic) {
    return receive.opensAt(viewer, topic);
  }

  /** Whether the viewer may publish some events on just that topic. */
  public boolean takes(Viewer publisher, TopicPath topic) {
    return publish.opensAt(publisher, topic);
  }

  /** Whether the viewer may see or publish some events of just that topic, and so be told of it. */
  public boolean tells(Viewer viewer, TopicPath topic) {
    return shows(viewer, topic) || takes(viewer, topic);
  }

  /**
   * Whether there may be events under one of the topics that the viewer may not see.
   *
   * @param topics none for all events
   */
  public boolean canHide(Viewer viewer, List<TopicPath> topics) {
    return receive.canKeepFrom(viewer, topics);
  }

  private static SecurityRules closed() {
    Permission nobody = new Permission(Set.of(), Set.of(), null, true);
    return new SecurityRules(List.of(new TopicRule(null, nobody, nobody)));
  }

  private static AccessRules trusted(SecurityRules rules) {
    try {
      return compile(rules);
    } catch (InvalidExpressionException e) {
      throw new IllegalStateException("rules without conditions compile", e);
    }
  }
}
