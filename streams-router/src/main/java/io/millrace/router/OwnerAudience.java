package io.millrace.router;

import io.cloudevents.CloudEvent;
import io.millrace.filter.audience.AccessRules;
import io.millrace.filter.audience.Admission;
import io.millrace.filter.audience.Viewer;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.model.kafka.SecurityListener;
import io.millrace.model.security.OwnerRoles;
import io.millrace.model.security.SecurityRules;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which events the owners of emitters may see, as gateways say it in the security topic. An owner
 * of whom nothing is known sees what is open to everybody; rules that cannot be understood, or that
 * are gone again, are closed to all but admins. Safe for use by several threads.
 */
final class OwnerAudience implements SecurityListener {

  private static final Logger LOG = LoggerFactory.getLogger(OwnerAudience.class);

  private final Clock clock;
  private final Map<String, Known> owners = new ConcurrentHashMap<>();
  private volatile @Nullable AccessRules rules;

  OwnerAudience(Clock clock) {
    this.clock = clock;
  }

  private record Known(Viewer viewer, OwnerRoles roles) {}

  /** Whether any gateway has ever said what the rules are. */
  boolean isKnown() {
    return rules != null;
  }

  /** Whether there may be something that some owner may not see. */
  boolean restricts() {
    AccessRules known = rules;
    return known == null || !known.everybodySeesAll();
  }

  Admission of(CloudEvent event) {
    AccessRules known = rules;
    return (known == null ? AccessRules.CLOSED : known).of(event);
  }

  Viewer viewer(String owner) {
    Known known = owners.get(owner);
    return known == null || !known.roles.holdsAt(clock.instant()) ? Viewer.STRANGER : known.viewer;
  }

  @Override
  public void rules(Optional<SecurityRules> now) {
    rules = now.map(OwnerAudience::compiled).orElse(AccessRules.CLOSED);
    LOG.info(
        "Who may see what has changed: {}",
        now.map(told -> told.rules().size() + " rules").orElse("not known any more"));
  }

  @Override
  public void roles(String user, @Nullable OwnerRoles roles) {
    if (roles == null || user.isBlank()) {
      owners.remove(user);
    } else {
      owners.put(user, new Known(new Viewer(user, roles.roles()), roles));
    }
  }

  private static AccessRules compiled(SecurityRules rules) {
    try {
      return AccessRules.compile(rules);
    } catch (InvalidExpressionException e) {
      // A gateway of a newer release may take what this one does not.
      LOG.error("A condition of who may see what cannot be used: {}", e.reason());
      return AccessRules.CLOSED;
    }
  }
}
