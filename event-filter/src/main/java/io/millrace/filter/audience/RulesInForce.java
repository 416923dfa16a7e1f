package io.millrace.filter.audience;

import io.cloudevents.CloudEvent;

/**
 * The newest rules. What it says of an event changes with the rules, for whoever keeps it for a
 * while. Safe for use by several threads; never throws.
 */
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
    return new Kept(event, said(event));
  }

  @Override
  public boolean admit(Viewer publisher, CloudEvent event) {
    return rules.admit(publisher, event);
  }

  private Said said(CloudEvent event) {
    AccessRules now = rules;
    return new Said(now, now.of(event));
  }

  private record Said(AccessRules by, Admission admission) {}

  private final class Kept implements Admission {

    private final CloudEvent event;
    private volatile Said said;

    Kept(CloudEvent event, Said said) {
      this.event = event;
      this.said = said;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Rules that were read again are others.
    public boolean admits(Viewer viewer) {
      Said last = said;
      if (last.by != rules) {
        last = said(event);
        said = last;
      }
      return last.admission.admits(viewer);
    }
  }
}
