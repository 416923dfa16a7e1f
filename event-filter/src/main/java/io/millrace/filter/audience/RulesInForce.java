package io.millrace.filter.audience;

import io.cloudevents.CloudEvent;

/** The newest rules. Safe for use by several threads; never throws. */
public final class RulesInForce implements Audience, Publishers {

  private volatile AccessRules rules;

  public RulesInForce(AccessRules rules) {
    this.rules = rules;
  }

  /** From now on these count. */
  public void replace(AccessRules next) {
    rules = next;
  }

  public AccessRules get() {
    return rules;
  }

  @Override
  public Admission of(CloudEvent event) {
    return rules.of(event);
  }

  @Override
  public boolean admit(Viewer publisher, CloudEvent event) {
    return rules.admit(publisher, event);
  }
}
