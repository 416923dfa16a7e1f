package io.millrace.gateway.ingest.foundry;

import io.cloudevents.CloudEvent;
import io.millrace.filter.audience.Publishers;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.ingest.EventLog;
import io.millrace.gateway.ingest.IngestConfig;
import io.millrace.gateway.ingest.Origin;
import io.millrace.gateway.ingest.Outcome;
import io.millrace.gateway.ingest.Outcome.Failed;
import io.millrace.gateway.ingest.StreamEvent;
import io.millrace.gateway.ingest.StreamTable;
import io.millrace.model.event.TopicPath;
import io.millrace.model.foundry.ServerEvent;
import io.millrace.model.foundry.ServerEvents;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Publishes server events, whichever way they came: each goes to the stream that takes its topic,
 * or is told among the failed, in the order of the request. Safe for use by several threads.
 */
public final class ServerEventPublisher {

  private final StreamTable streams;
  private final Publishers publishers;
  private final EventLog log;
  private final IngestConfig config;
  private final Clock clock;
  private final Supplier<String> ids;

  /**
   * Publishes nothing yet.
   *
   * @param publishers who may publish what
   * @param ids new event ids, each unlike all others
   */
  public ServerEventPublisher(
      StreamTable streams,
      Publishers publishers,
      EventLog log,
      IngestConfig config,
      Clock clock,
      Supplier<String> ids) {
    this.streams = streams;
    this.publishers = publishers;
    this.log = log;
    this.config = config;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Completes when it is decided of each event whether the broker has it; fails with {@link
   * io.millrace.gateway.http.HttpProblem} when too much waits for the broker already.
   */
  public CompletionStage<Published> publish(List<ServerEvent> events, Origin origin) {
    List<Placement> placements = events.stream().map(event -> place(event, origin)).toList();
    List<StreamEvent> known = placements.stream().flatMap(p -> p.placed().stream()).toList();
    return log.append(known).thenApply(outcomes -> published(placements, outcomes));
  }

  private Placement place(ServerEvent event, Origin origin) {
    try {
      return streams
          .choose(TopicPath.parse(event.topic()), config.foundryStream())
          .map(stream -> new StreamEvent(stream, origin.stamp(event(event), event.topic())))
          .map(placed -> allowed(placed, event.topic(), origin))
          .orElseGet(() -> unknown(event.topic(), "is unknown"));
    } catch (IllegalArgumentException e) {
      return unknown(event.topic(), "is no topic: " + e.getMessage());
    }
  }

  private Placement allowed(StreamEvent placed, String topic, Origin origin) {
    return publishers.admit(origin.principal().viewer(), placed.event())
        ? new Placement(topic, List.of(placed), Trouble.UNKNOWN_TOPIC, "is known")
        : new Placement(topic, List.of(), Trouble.FORBIDDEN, "is not open for you to publish on");
  }

  private static Placement unknown(String topic, String reason) {
    return new Placement(topic, List.of(), Trouble.UNKNOWN_TOPIC, reason);
  }

  /** An event with its stream, or without one, what that is, and the reason. */
  private record Placement(
      String topic, List<StreamEvent> placed, Trouble trouble, String reason) {}

  private CloudEvent event(ServerEvent event) {
    return ServerEvents.write(event)
        .withId(ids.get())
        .withSource(URI.create(config.foundrySource()))
        .withType(config.foundryType())
        .withTime(OffsetDateTime.now(clock))
        .build();
  }

  private static Published published(List<Placement> placements, List<Outcome> outcomes) {
    List<String> succeeded = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    List<String> reasons = new ArrayList<>();
    Trouble worst = Trouble.UNKNOWN_TOPIC;
    int next = 0;
    for (Placement placement : placements) {
      if (placement.placed().isEmpty()) {
        failed.add(placement.topic());
        reasons.add("topic " + placement.topic() + " " + placement.reason());
        worst = worst == Trouble.UNKNOWN_TOPIC ? placement.trouble() : worst;
      } else if (outcomes.get(next++) instanceof Failed failure) {
        failed.add(placement.topic());
        reasons.add("an event of topic " + placement.topic() + " " + failure.reason());
        worst = worst == Trouble.UNAVAILABLE ? worst : failure.trouble();
      } else {
        succeeded.add(placement.topic());
      }
    }
    String message = failed.isEmpty() ? "Events published" : reasons.get(0);
    return new Published(succeeded, failed, message, succeeded.isEmpty() ? worst : null);
  }
}
