package io.millrace.gateway.des;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.ingest.Origin;
import io.millrace.gateway.ingest.Outcome;
import io.millrace.gateway.ingest.cloudevents.CloudEventsIngest;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Envelope;
import io.millrace.gateway.publicapi.Route;
import java.util.concurrent.CompletionStage;

/** {@code POST /publicapi/event}: publishes one event, in CloudEvents' JSON format. */
public final class EventPublishing {

  private final CloudEventsIngest ingest;

  public EventPublishing(CloudEventsIngest ingest) {
    this.ingest = ingest;
  }

  public Route route() {
    return new Route("POST", "/event", this::publish);
  }

  private CompletionStage<Reply> publish(Call call) {
    Origin origin = Origin.of(call.principal(), call.exchange());
    return call.json()
        .thenCompose(
            event ->
                ingest
                    .publish(event, origin)
                    .thenApply(outcome -> reply(event.path("id").asText(), outcome)));
  }

  private static Reply reply(String id, Outcome outcome) {
    if (outcome instanceof Outcome.Stored stored) {
      ObjectNode receipt = JsonNodeFactory.instance.objectNode();
      receipt.put("id", id).put("stream", stored.stream()).put("position", stored.position());
      return Envelope.data(201, receipt);
    }
    Outcome.Failed failed = (Outcome.Failed) outcome;
    HttpProblem problem = HttpProblem.of(failed.trouble(), "event", failed.reason());
    throw failed.trouble() == Trouble.UNAVAILABLE ? problem.with("Retry-After", "1") : problem;
  }
}
