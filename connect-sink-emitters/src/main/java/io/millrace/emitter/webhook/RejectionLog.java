package io.millrace.emitter.webhook;

import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.lane.Outcome;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each event that an endpoint rejects, with its place and without what is in it.
 * Counts them. Safe for use by several threads.
 */
final class RejectionLog {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookEmitter.class);

  private final AtomicLong rejected = new AtomicLong();

  void note(List<Emission> emissions, Outcome outcome) {
    if (outcome instanceof Outcome.Rejected rejection && emissions.size() == 1) {
      Emission emission = emissions.get(0);
      LOG.warn(
          "Webhook emitter {}: the event at {} offset {} was rejected: {}; {} so far",
          emission.emitterId(),
          emission.partition(),
          emission.offset(),
          rejection.cause(),
          rejected.incrementAndGet());
    }
  }
}
