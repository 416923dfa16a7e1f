package io.millrace.gateway.ingest.cloudevents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.ingest.Outcome;
import io.millrace.gateway.ingest.Outcome.Failed;
import io.millrace.gateway.ingest.Outcome.Stored;
import io.millrace.gateway.ingest.StreamEvent;
import io.millrace.model.emitter.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What a publisher is told when the broker has decided: {@code {"events":[{id, stream,
 * position}]}}. If some events failed, an error for each of them stands beside those that are
 * stored.
 */
final class Receipt {

  private Receipt() {}

  static Reply of(List<StreamEvent> events, List<Outcome> outcomes) {
    ArrayNode stored = JsonNodeFactory.instance.arrayNode();
    List<Problem> problems = new ArrayList<>();
    Trouble worst = Trouble.TOO_LARGE;
    for (int i = 0; i < events.size(); i++) {
      if (outcomes.get(i) instanceof Stored at) {
        stored
            .addObject()
            .put("id", events.get(i).event().getId())
            .put("stream", at.stream())
            .put("position", at.position());
      } else if (outcomes.get(i) instanceof Failed failed) {
        problems.add(new Problem("events[" + i + "]", failed.reason()));
        worst = worst == Trouble.UNAVAILABLE ? worst : failed.trouble();
      }
    }
    if (problems.isEmpty()) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.set("events", stored);
      return Reply.json(200, body);
    }
    ObjectNode body = ErrorEnvelope.body(worst, problems);
    body.set("events", stored);
    Reply reply = Reply.json(worst.status(), body);
    return worst == Trouble.UNAVAILABLE ? reply.with("Retry-After", "1") : reply;
  }
}
