package io.millrace.gateway.acronis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.millrace.filter.audience.Publishers;
import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.catalogue.AcronisTopic;
import io.millrace.gateway.catalogue.Catalogue;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.ingest.EventLog;
import io.millrace.gateway.ingest.Origin;
import io.millrace.gateway.ingest.Outcome;
import io.millrace.gateway.ingest.StreamEvent;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Envelope;
import io.millrace.gateway.publicapi.Route;
import io.millrace.model.emitter.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * {@code POST /publicapi/acronis/topics/{topic}/events}: one event or a list of them, in the form
 * in which Acronis hands them out. All are checked before any is written. Millrace's own.
 */
public final class Publishing {

  private static final int MOST_EVENTS = 1_000;
  private static final int MOST_PROBLEMS = 100;

  private final Supplier<Catalogue> catalogue;
  private final Publishers publishers;
  private final EventLog log;

  public Publishing(Supplier<Catalogue> catalogue, Publishers publishers, EventLog log) {
    this.catalogue = catalogue;
    this.publishers = publishers;
    this.log = log;
  }

  public Route route() {
    return new Route("POST", "/acronis/topics/{topicId}/events", this::publish);
  }

  private CompletionStage<Reply> publish(Call call) {
    String id = call.path("topicId");
    Catalogue now = catalogue.get();
    AcronisTopic topic =
        now.acronisTopic(id)
            .orElseThrow(() -> HttpProblem.of(Trouble.NOT_FOUND, "topic_id", "is no topic: " + id));
    Origin origin = Origin.of(call.principal(), call.exchange());
    EventCheck check = new EventCheck(topic, now.messagesOn(topic.topic()), origin);
    return call.json()
        .thenCompose(
            body -> {
              List<StreamEvent> events = events(body, topic, check);
              checkAllowed(events, call.principal().viewer());
              return log.append(events).thenApply(outcomes -> reply(events, outcomes));
            });
  }

  private void checkAllowed(List<StreamEvent> events, Viewer publisher) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < events.size() && problems.size() < MOST_PROBLEMS; i++) {
      if (!publishers.admit(publisher, events.get(i).event())) {
        problems.add(new Problem("events[" + i + "]", "may not be published by you"));
      }
    }
    if (!problems.isEmpty()) {
      throw HttpProblem.of(Trouble.FORBIDDEN, problems);
    }
  }

  private static List<StreamEvent> events(JsonNode body, AcronisTopic topic, EventCheck check) {
    boolean several = body.isArray();
    int count = several ? body.size() : 1;
    if (count == 0 || count > MOST_EVENTS) {
      throw HttpProblem.of(Trouble.MALFORMED, "body", "must hold 1 to " + MOST_EVENTS + " events");
    }
    List<Problem> problems = new ArrayList<>();
    List<StreamEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count && problems.size() < MOST_PROBLEMS; i++) {
      JsonNode one = several ? body.get(i) : body;
      CloudEvent event = check.read(one, several ? "events[" + i + "]." : "", problems);
      if (event != null) {
        events.add(new StreamEvent(topic.stream(), event));
      }
    }
    if (!problems.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, problems);
    }
    return events;
  }

  private static Reply reply(List<StreamEvent> events, List<Outcome> outcomes) {
    List<Problem> problems = new ArrayList<>();
    ArrayNode stored = JsonNodeFactory.instance.arrayNode();
    Trouble worst = Trouble.TOO_LARGE;
    for (int i = 0; i < events.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Stored at) {
        ObjectNode node = stored.addObject();
        node.put("id", events.get(i).event().getId()).put("sequence", at.position());
      } else if (outcomes.get(i) instanceof Outcome.Failed failed) {
        problems.add(new Problem("events[" + i + "]", failed.reason()));
        worst = worst == Trouble.UNAVAILABLE ? worst : failed.trouble();
      }
    }
    if (problems.isEmpty()) {
      return Envelope.data(201, stored);
    }
    throw worst == Trouble.UNAVAILABLE
        ? HttpProblem.of(worst, problems).with("Retry-After", "1")
        : HttpProblem.of(worst, problems);
  }
}
