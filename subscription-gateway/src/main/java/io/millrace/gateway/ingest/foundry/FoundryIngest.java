package io.millrace.gateway.ingest.foundry;

import io.cloudevents.CloudEvent;
import io.millrace.filter.audience.Publishers;
import io.millrace.gateway.http.Endpoint;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.RequestAuthenticator;
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
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@code POST /services/ServerEvents}. A body that is wrong anywhere publishes nothing; of a right
 * one, each event is published or named among the failed, in the order of the request.
 */
public final class FoundryIngest implements Endpoint {

  private static final String DIALECT = "foundry";

  private final RequestAuthenticator authenticator;
  private final StreamTable streams;
  private final Publishers publishers;
  private final EventLog log;
  private final IngestConfig config;
  private final Clock clock;
  private final Supplier<String> ids;

  /**
   * Makes the endpoint.
   *
   * @param ids new event ids, each unlike all others
   */
  public FoundryIngest(
      RequestAuthenticator authenticator,
      StreamTable streams,
      Publishers publishers,
      EventLog log,
      IngestConfig config,
      Clock clock,
      Supplier<String> ids) {
    this.authenticator = authenticator;
    this.streams = streams;
    this.publishers = publishers;
    this.log = log;
    this.config = config;
    this.clock = clock;
    this.ids = ids;
  }

  /** Both paths of the document. */
  public List<Mount> mounts() {
    return Stream.of("/services/ServerEvents", "/ServerEvents")
        .map(path -> new Mount(DIALECT, path, false, Map.of("POST", this), new FoundryReply()))
        .toList();
  }

  @Override
  public CompletionStage<Reply> answer(Exchange exchange) {
    return authenticator
        .authenticate(exchange)
        .thenCompose(
            principal ->
                exchange
                    .body()
                    .thenCompose(
                        body ->
                            publish(
                                ServerEventsReader.read(body), Origin.of(principal, exchange))));
  }

  private CompletionStage<Reply> publish(List<ServerEvent> events, Origin origin) {
    List<Placement> placements = events.stream().map(event -> place(event, origin)).toList();
    List<StreamEvent> known = placements.stream().flatMap(p -> p.placed().stream()).toList();
    return log.append(known).thenApply(outcomes -> reply(placements, outcomes));
  }

  private Placement place(ServerEvent event, Origin origin) {
    try {
      return streams
          .choose(TopicPath.parse(event.topic()), config.foundryStream())
          .map(stream -> new StreamEvent(stream, origin.stamp(event(event), event.topic())))
          .map(placed -> allowed(placed, event.topic(), origin))
          .orElseGet(() -> Placement.refused(event, Trouble.UNKNOWN_TOPIC, "is unknown"));
    } catch (IllegalArgumentException e) {
      return Placement.refused(event, Trouble.UNKNOWN_TOPIC, "is no topic: " + e.getMessage());
    }
  }

  private Placement allowed(StreamEvent placed, String topic, Origin origin) {
    return publishers.admit(origin.principal().viewer(), placed.event())
        ? new Placement(topic, List.of(placed), Trouble.UNKNOWN_TOPIC, "is known")
        : new Placement(topic, List.of(), Trouble.FORBIDDEN, "is not open for you to publish on");
  }

  /** An event with its stream, or without one, what that means, and the reason. */
  private record Placement(String topic, List<StreamEvent> placed, Trouble trouble, String reason) {

    static Placement refused(ServerEvent event, Trouble trouble, String reason) {
      return new Placement(event.topic(), List.of(), trouble, reason);
    }
  }

  private CloudEvent event(ServerEvent event) {
    return ServerEvents.write(event)
        .withId(ids.get())
        .withSource(URI.create(config.foundrySource()))
        .withType(config.foundryType())
        .withTime(OffsetDateTime.now(clock))
        .build();
  }

  private static Reply reply(List<Placement> placements, List<Outcome> outcomes) {
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
    if (failed.isEmpty()) {
      return FoundryReply.of(200, Codes.PUBLISHED, "Events published", succeeded, failed);
    }
    String message = reasons.get(0);
    if (!succeeded.isEmpty()) {
      return FoundryReply.of(200, Codes.PARTLY_PUBLISHED, message, succeeded, failed);
    }
    Reply reply = FoundryReply.of(worst.status(), Codes.of(worst), message, succeeded, failed);
    return worst == Trouble.UNAVAILABLE ? reply.with("Retry-After", "1") : reply;
  }
}
