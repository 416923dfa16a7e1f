package io.millrace.gateway.publicapi.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.millrace.filter.EventMatcher;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.audience.Audience;
import io.millrace.filter.audience.Viewer;
import io.millrace.filter.feel.Explanation;
import io.millrace.filter.feel.Outcome;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.publicapi.BlockingWork;
import io.millrace.gateway.publicapi.BodyFields;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Envelope;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.publicapi.dryrun.RecentEvents.Placed;
import io.millrace.gateway.publicapi.dryrun.RecentEvents.Read;
import io.millrace.gateway.publicapi.emitters.DefinitionCheck;
import io.millrace.gateway.publicapi.emitters.FilterWarnings;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.WebhookParameters;
import io.millrace.model.event.Extensions;
import io.millrace.model.kafka.MillraceTopics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code POST /emitters/definitions/dry-run}: a definition against events, delivering none. */
public final class DryRun implements AutoCloseable {

  private static final int THREADS = 2;
  private static final int WAITING = 16;
  private static final int USUAL = 20;

  private final DryRunConfig config;
  private final DefinitionCheck check;
  private final FilterWarnings warnings;
  private final Audience audience;
  private final RecentEvents recent;
  private final BlockingWork work = new BlockingWork("millrace-dry-run", THREADS, WAITING);

  /**
   * Reads nothing yet.
   *
   * @param clients settings that every Kafka client gets
   */
  public DryRun(
      DryRunConfig config,
      Map<String, ?> clients,
      MillraceTopics topics,
      DefinitionCheck check,
      FilterWarnings warnings,
      Audience audience) {
    this.config = config;
    this.check = check;
    this.warnings = warnings;
    this.audience = audience;
    this.recent = new RecentEvents(clients, topics, System::nanoTime);
  }

  public List<Route> routes() {
    return List.of(new Route("POST", "/emitters/definitions/dry-run", this::answer));
  }

  private CompletionStage<Reply> answer(Call call) {
    return call.json()
        .thenCompose(
            body -> {
              Trial trial = read(body, call.principal());
              return work.run(() -> run(trial, call.principal()));
            });
  }

  /**
   * What is to be tried.
   *
   * @param given the event to try it on; absent for the newest ones
   */
  private record Trial(
      EmitterDefinition definition, EventMatcher matcher, Optional<CloudEvent> given, int last) {}

  private Trial read(JsonNode body, Principal principal) {
    BodyFields fields = new BodyFields(body, Set.of("definition", "event", "last"));
    int last = fields.number("last", 1, config.mostEvents(), Math.min(USUAL, config.mostEvents()));
    Optional<CloudEvent> given = GivenEvent.read(fields.node("event"), fields);
    JsonNode definition = fields.node("definition");
    if (definition.isMissingNode()) {
      fields.problem("definition", "is required");
    }
    Optional<EmitterDefinition> read = Optional.empty();
    try {
      if (!definition.isMissingNode()) {
        String id = definition.path("id").asText("dry-run");
        read = Optional.of(check.read(definition, id, principal, "definition."));
      }
    } catch (HttpProblem e) {
      fields.problems(e.problems());
    }
    fields.finish();
    EmitterDefinition tried = read.orElseThrow();
    return new Trial(tried, matcher(tried), given, last);
  }

  private static EventMatcher matcher(EmitterDefinition definition) {
    try {
      return EventMatcher.compile(definition.filter());
    } catch (InvalidFilterException e) {
      throw HttpProblem.of(Trouble.MALFORMED, e.problems());
    }
  }

  private Reply run(Trial trial, Principal principal) {
    ArrayNode events = JsonNodeFactory.instance.arrayNode();
    boolean complete = true;
    if (trial.given().isPresent()) {
      events.add(verdict(trial, trial.given().get()));
    } else {
      Viewer viewer = principal.viewer();
      Read read =
          recent.newest(trial.last(), event -> audience.of(event).admits(viewer), config.timeout());
      complete = read.complete();
      for (Placed placed : read.events()) {
        ObjectNode verdict = verdict(trial, placed.event());
        verdict.put("stream", placed.stream());
        verdict.put("partition", placed.partition());
        verdict.put("offset", placed.offset());
        events.add(verdict);
      }
    }
    int emitted = 0;
    for (JsonNode event : events) {
      emitted += event.path("emitted").booleanValue() ? 1 : 0;
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("read", events.size());
    data.put("emitted", emitted);
    data.put("complete", complete);
    warnings.addTo(data, trial.definition().filter());
    data.set("events", events);
    return Envelope.data(200, data);
  }

  private static ObjectNode verdict(Trial trial, CloudEvent event) {
    Explanation explanation = trial.matcher().explain(event);
    boolean emitted = explanation.outcome() == Outcome.TRUE;
    ObjectNode verdict = JsonNodeFactory.instance.objectNode();
    verdict.put("id", event.getId());
    verdict.put("type", event.getType());
    verdict.put("topic", topicText(event));
    verdict.put("time", event.getTime() == null ? null : event.getTime().toString());
    verdict.put("emitted", emitted);
    explanation.reasons().forEach(verdict.putArray("reasons")::add);
    if (emitted && trial.definition().parameters() instanceof WebhookParameters webhook) {
      ObjectNode request = WebhookPreview.of(webhook, event);
      if (trial.definition().identityRef() != null) {
        request.put("identityRef", trial.definition().identityRef());
      }
      verdict.set("request", request);
    }
    return verdict;
  }

  private static @Nullable String topicText(CloudEvent event) {
    Object topic = event.getExtension(Extensions.TOPIC_PATH);
    return topic == null ? null : topic.toString();
  }

  @Override
  public void close() {
    work.close();
  }
}
