package io.millrace.gateway.subscription;

import io.millrace.model.subscription.SubscriptionClaim;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Discards subscriptions of which nothing was written for the retention period, and whom no living
 * node serves. Every node does so; it does no harm to do it twice. For one thread.
 */
final class Abandoned {

  private static final Logger LOG = LoggerFactory.getLogger(Abandoned.class);
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

  private final Node node;
  private final Nodes nodes;
  private final Duration retention;
  private final Clock clock;

  Abandoned(Node node, Nodes nodes, Duration retention, Clock clock) {
    this.node = node;
    this.nodes = nodes;
    this.retention = retention;
    this.clock = clock;
  }

  /** How often to look. */
  Duration interval() {
    Duration short_ = retention.dividedBy(10);
    return short_.compareTo(LONGEST_INTERVAL) < 0 ? short_ : LONGEST_INTERVAL;
  }

  void discard() {
    if (!node.follower().complete().isDone()) {
      return;
    }
    long now = clock.millis();
    for (Subscription subscription : node.registry().all()) {
      long idle = now - subscription.lastActivity();
      if (subscription.session() != null) {
        if (idle > retention.toMillis() / 4) {
          node.sessions().renew(subscription);
        }
      } else if (idle > retention.toMillis() && !servedElsewhere(subscription)) {
        LOG.info("Subscription {} is discarded: nobody used it for {}", subscription.id, retention);
        var unused = Removal.of(node, subscription);
      }
    }
  }

  private boolean servedElsewhere(Subscription subscription) {
    SubscriptionClaim claim = subscription.claim();
    return claim != null && !claim.node().equals(node.name()) && nodes.lives(claim.node());
  }
}
