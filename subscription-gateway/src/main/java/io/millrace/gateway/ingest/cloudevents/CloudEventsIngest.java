package io.millrace.gateway.ingest.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.millrace.filter.audience.Publishers;
import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.http.Endpoint;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.ingest.EventLog;
import io.millrace.gateway.ingest.IngestConfig;
import io.millrace.gateway.ingest.Origin;
import io.millrace.gateway.ingest.Outcome;
import io.millrace.gateway.ingest.StreamEvent;
import io.millrace.gateway.ingest.StreamTable;
import io.millrace.model.emitter.Problem;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /events}, a CloudEvents HTTP receiver. All events of a request are checked before any
 * is written. An event's topic is its attribute {@code topicpath}, else the path after {@code
 * /events}, else the configured one.
 */
public final class CloudEventsIngest implements Endpoint {

  private static final String PATH = "/events";

  private final RequestAuthenticator authenticator;
  private final StreamTable streams;
  private final Publishers publishers;
  private final EventLog log;
  private final IngestConfig config;

  public CloudEventsIngest(
      RequestAuthenticator authenticator,
      StreamTable streams,
      Publishers publishers,
      EventLog log,
      IngestConfig config) {
    this.authenticator = authenticator;
    this.streams = streams;
    this.publishers = publishers;
    this.log = log;
    this.config = config;
  }

  /** The path, and all below it. */
  public Mount mount() {
    Handshake handshake = new Handshake(config.allowedOrigins(), config.allowedRate());
    return new Mount(
        "cloudevents", PATH, true, Map.of("POST", this, "OPTIONS", handshake), new ErrorEnvelope());
  }

  @Override
  public CompletionStage<Reply> answer(Exchange exchange) {
    return authenticator
        .authenticate(exchange)
        .thenCompose(
            principal ->
                exchange
                    .body()
                    .thenCompose(body -> publish(exchange, body, Origin.of(principal, exchange))));
  }

  private CompletionStage<Reply> publish(Exchange exchange, byte[] body, Origin origin) {
    String otherTopic = exchange.rest().isEmpty() ? config.defaultTopic() : exchange.rest();
    List<StreamEvent> events = place(ModeReader.read(exchange, body), otherTopic, origin);
    return log.append(events).thenApply(outcomes -> Receipt.of(events, outcomes));
  }

  /**
   * Takes one event in CloudEvents' JSON format, with the checks that a request has.
   *
   * @return what became of it
   * @throws HttpProblem if it is not taken
   */
  public CompletionStage<Outcome> publish(JsonNode event, Origin origin) {
    List<Incoming> incoming = List.of(StructuredReader.read(event, "event"));
    return log.append(place(incoming, config.defaultTopic(), origin))
        .thenApply(outcomes -> outcomes.get(0));
  }

  private List<StreamEvent> place(List<Incoming> incoming, String otherTopic, Origin origin) {
    List<Problem> malformed = new ArrayList<>();
    List<Problem> unknown = new ArrayList<>();
    List<Problem> forbidden = new ArrayList<>();
    Viewer publisher = origin.principal().viewer();
    List<StreamEvent> placed = new ArrayList<>(incoming.size());
    for (Incoming one : incoming) {
      if (malformed.size() + unknown.size() + forbidden.size() >= ModeReader.MOST_PROBLEMS) {
        break;
      }
      CloudEvent event = EventAssembly.assemble(one, malformed);
      String topic = one.attributes().getOrDefault(Extensions.TOPIC_PATH, otherTopic);
      String field = one.at() + "." + Extensions.TOPIC_PATH;
      try {
        Optional<String> stream =
            streams.choose(TopicPath.parse(topic), config.cloudEventsStream());
        if (stream.isEmpty()) {
          unknown.add(new Problem(field, "is unknown: " + topic));
        } else if (event != null) {
          CloudEvent stamped = origin.stamp(event, topic);
          if (publishers.admit(publisher, stamped)) {
            placed.add(new StreamEvent(stream.get(), stamped));
          } else {
            forbidden.add(new Problem(field, "is not open for you to publish on: " + topic));
          }
        }
      } catch (IllegalArgumentException e) {
        malformed.add(new Problem(field, "is wrong: " + e.getMessage()));
      }
    }
    if (!malformed.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, malformed);
    }
    if (!forbidden.isEmpty()) {
      throw HttpProblem.of(Trouble.FORBIDDEN, forbidden);
    }
    if (!unknown.isEmpty()) {
      throw HttpProblem.of(Trouble.UNKNOWN_TOPIC, unknown);
    }
    return placed;
  }
}
