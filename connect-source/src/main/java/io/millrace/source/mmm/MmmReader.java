package io.millrace.source.mmm;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.mmm.MmmEvents;
import io.millrace.source.http.Authorization;
import io.millrace.source.task.Batch;
import io.millrace.source.task.Incoming;
import io.millrace.source.task.Intake;
import io.millrace.source.task.Reader;
import io.millrace.source.task.TaskSetup;
import io.millrace.source.websocket.MessageTooLargeException;
import io.millrace.source.websocket.WebSocketConnection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a durable subscription. MMM sends at most {@code ack.limit} events past the last one that
 * Kafka is known to have; what comes twice is dropped by its number. Each time it connects it tells
 * the last event that Kafka has, and nothing that is still on its way.
 */
final class MmmReader implements Reader {

  private static final Logger LOG = LoggerFactory.getLogger(MmmReader.class);
  private static final int TAKEOVERS = 5;
  private static final Duration SOON = Duration.ofMinutes(10);

  private final MmmConfig config;
  private final MmmLink link;
  private final TaskSetup setup;
  private final Acknowledger acknowledger;
  private final URI source;
  // Belong to the reading thread.
  private final boolean remembered;
  private long last;
  private boolean refused;
  private int takeovers;

  MmmReader(MmmConfig config, MmmLink link, TaskSetup setup, Acknowledger acknowledger) {
    this.config = config;
    this.link = link;
    this.setup = setup;
    this.acknowledger = acknowledger;
    source = config.eventSource();
    Long id = Position.read(setup.offset());
    remembered = id != null;
    last = id == null ? 0 : id;
  }

  @Override
  public void read(Intake intake) throws IOException, InterruptedException {
    acknowledger.start();
    acknowledger.check();
    Instant begun = setup.clock().instant();
    String credentials = link.authorization().value();
    try (WebSocketConnection connection = link.open()) {
      Session session = link.session(connection);
      session.begin(credentials, link.timeout());
      setup.tally().connected(true);
      session.follow(
          Operations.events(config, lastEventId()), config.pingInterval(), new Arrivals(intake));
    } catch (UnauthorizedException e) {
      throw again(e, credentials);
    } catch (TakenOverException e) {
      throw again(e, begun);
    } catch (MessageTooLargeException e) {
      throw new ConnectException(
          "MMM: "
              + e.getMessage()
              + ": check "
              + MmmConfig.LONGEST
              + " and "
              + MmmConfig.CHUNK_SIZE,
          e);
    }
  }

  // Never the last one that was read: MMM would forget what is not in Kafka yet.
  private @Nullable Long lastEventId() {
    long inKafka = acknowledger.inKafka();
    return inKafka > 0 || remembered ? (Long) inKafka : config.startAfter();
  }

  private IOException again(UnauthorizedException e, @Nullable String credentials) {
    Authorization authorization = link.authorization();
    if (refused || credentials == null || !authorization.refused(credentials)) {
      throw MmmCalls.unauthorized(String.valueOf(e.getMessage()));
    }
    refused = true;
    return e;
  }

  /** A task of before a rebalance takes a subscription over once or twice, and then it is gone. */
  private IOException again(TakenOverException e, Instant begun) {
    boolean soon = Duration.between(begun, setup.clock().instant()).compareTo(SOON) < 0;
    takeovers = soon ? takeovers + 1 : 1;
    if (takeovers < TAKEOVERS) {
      return e;
    }
    throw new ConnectException(
        "Another client uses subscription %s too, and each takes it from the other: give this connector a %s of its own (%s)"
            .formatted(config.subscriptionId(), MmmConfig.SUBSCRIPTION, e.getMessage()));
  }

  @Override
  public void close() {
    acknowledger.close();
  }

  /** Puts into the intake what a session hears. */
  private final class Arrivals implements Session.Listener {

    private final Intake intake;
    private boolean connected;

    Arrivals(Intake intake) {
      this.intake = intake;
    }

    @Override
    public void quiet() {
      acknowledger.check();
      // Not at once: a subscription that MMM does not take ends in the first moments.
      if (!connected) {
        connected = true;
        refused = false;
        intake.connected();
      }
    }

    @Override
    public void next(JsonNode result) throws IOException, InterruptedException {
      acknowledger.check();
      JsonNode events = result.path("data").path(Operations.EVENTS_FIELD).path("events");
      if (!events.isArray()) {
        throw new IOException("MMM has sent a result without events");
      }
      refused = false;
      tellOfGap(result.path("extensions").path("gap"));
      List<Incoming> incoming = new ArrayList<>(events.size());
      long highest = 0;
      for (JsonNode each : events) {
        NumberedEvent event = read(each);
        if (event != null) {
          take(event, incoming);
          highest = Math.max(highest, event.id());
        }
      }
      if (highest > 0) {
        put(incoming, highest);
      }
    }

    private @Nullable NumberedEvent read(JsonNode event) {
      try {
        return NumberedEvent.read(event);
      } catch (MalformedEventException e) {
        setup.malformed("MMM: " + e.getMessage());
        return null;
      }
    }

    private void take(NumberedEvent event, List<Incoming> incoming) {
      if (event.id() <= last) {
        setup.tally().duplicates(1);
        acknowledger.cameAgain(event.id());
        return;
      }
      last = event.id();
      incoming.add(
          new Incoming(
              MmmEvents.write(event.event(), Long.toString(event.id()), source),
              Position.of(event.id())));
    }

    private void put(List<Incoming> incoming, long highest) throws InterruptedException {
      if (!incoming.isEmpty()) {
        int count = incoming.size();
        intake.put(new Batch(incoming, () -> acknowledger.reached(highest, count)));
      } else {
        intake.connected();
      }
    }

    // Only Millrace's own gateway tells it.
    private void tellOfGap(JsonNode gap) {
      if (gap.isObject()) {
        setup.tally().gap();
        LOG.warn(
            "MMM no longer had the events from {} to {} of subscription {}: its retention was faster",
            gap.path("first").asLong(),
            gap.path("last").asLong(),
            config.subscriptionId());
      }
    }
  }
}
