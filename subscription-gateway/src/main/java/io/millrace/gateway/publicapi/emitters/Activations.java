package io.millrace.gateway.publicapi.emitters;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.publicapi.BodyFields;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Envelope;
import io.millrace.gateway.publicapi.Route;
import io.millrace.model.emitter.Activation;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.Resume;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Switches emitters on and off, and lets them deliver again what they have delivered. */
final class Activations {

  private static final String FROM = "from";
  private static final String FILTER = "filter";

  private final Emitters emitters;
  private final Statuses statuses;
  private final DefinitionNode nodes;
  private final Clock clock;

  Activations(Emitters emitters, Statuses statuses, DefinitionNode nodes, Clock clock) {
    this.emitters = emitters;
    this.statuses = statuses;
    this.nodes = nodes;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", Definitions.ONE + "/enable", this::enable),
        new Route("POST", Definitions.ONE + "/disable", this::disable),
        new Route("POST", Definitions.ONE + "/replay", this::replay));
  }

  private CompletionStage<Reply> disable(Call call) {
    return call.json()
        .thenCompose(
            body -> {
              new BodyFields(body, Set.of()).finish();
              return change(call, Activation::disabled);
            });
  }

  private CompletionStage<Reply> enable(Call call) {
    return call.json()
        .thenCompose(
            body -> {
              Resume resume = enabling(body, call.query(FROM));
              return change(call, standing -> next(call.path("id"), standing, resume));
            });
  }

  private CompletionStage<Reply> replay(Call call) {
    return call.json()
        .thenCompose(
            body -> {
              Resume resume = replaying(body);
              return changeWhole(
                  call,
                  standing -> {
                    requireReplayable(standing);
                    return standing.with(next(standing.id(), standing.activation(), resume));
                  });
            });
  }

  private static void requireReplayable(EmitterDefinition definition) {
    if (definition.type() == EmitterType.AUDIT) {
      throw HttpProblem.of(
          Trouble.CONFLICT,
          "id",
          "is of an Audit emitter, whose log never goes back: a replay would add nothing to it");
    }
    if (!definition.activation().enabled()) {
      throw HttpProblem.of(
          Trouble.CONFLICT,
          "id",
          "is of an emitter that is switched off; enable it from that time");
    }
  }

  private CompletionStage<Reply> change(Call call, UnaryOperator<Activation> change) {
    return changeWhole(call, standing -> standing.with(change.apply(standing.activation())));
  }

  private CompletionStage<Reply> changeWhole(Call call, UnaryOperator<EmitterDefinition> change) {
    return emitters
        .change(call.path("id"), call.principal(), change)
        .thenApply(definition -> Envelope.data(200, nodes.of(definition)));
  }

  /** A generation above all that were ever applied, also by an emitter of that name before. */
  private Activation next(String id, Activation standing, Resume resume) {
    long applied = statuses.of(id).stream().mapToLong(EmitterStatus::generation).max().orElse(0);
    return new Activation(true, Math.max(standing.generation(), applied) + 1, resume);
  }

  private Resume enabling(JsonNode body, @Nullable String query) {
    BodyFields fields = new BodyFields(body, Set.of(FROM));
    String said = fields.text(FROM);
    if (said != null && query != null && !said.equals(query)) {
      fields.problem(FROM, "says something else in the body than in the query");
    }
    String from = said != null ? said : query != null ? query : "failed";
    Optional<Resume> resume = Resume.parse(from, now(), null);
    if (resume.isEmpty()) {
      fields.problem(FROM, "must be failed, now, or a time such as 2026-01-31T10:00:00Z");
    }
    return checked(fields, resume);
  }

  private Resume replaying(JsonNode body) {
    BodyFields fields = new BodyFields(body, Set.of(FROM, FILTER));
    String from = fields.text(FROM);
    String filter = fields.text(FILTER);
    fields.problems(DefinitionCheck.filterProblems(filter));
    Optional<Resume> resume =
        from == null
            ? Optional.empty()
            : Resume.parse(from, now(), filter).filter(each -> each.time() != null);
    if (resume.isEmpty()) {
      String verb = from == null ? "is required: " : "must be ";
      fields.problem(FROM, verb + "a time such as 2026-01-31T10:00:00Z");
    }
    return checked(fields, resume);
  }

  private static Resume checked(BodyFields fields, Optional<Resume> resume) {
    resume
        .filter(each -> each.time() != null && each.time().isAfter(each.requested()))
        .ifPresent(each -> fields.problem(FROM, "must not be in the future"));
    fields.finish();
    return resume.orElseThrow();
  }

  private Instant now() {
    return clock.instant();
  }
}
