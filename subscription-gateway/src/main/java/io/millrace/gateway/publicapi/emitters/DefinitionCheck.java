package io.millrace.gateway.publicapi.emitters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.filter.EventMatcher;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.ParameterExpressions;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.InvalidDefinitionException;
import io.millrace.model.emitter.Problem;
import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reads a definition that a user sent, and tells everything that is wrong with it at once. */
public final class DefinitionCheck {

  // What GET tells beside the definition: whoever sends it back need not take it out.
  private static final List<String> TOLD = List.of("activation", "status", "warnings");

  private final UserTypes types;
  private final RulesInForce rules;
  private final RegistrationCheck checks;

  DefinitionCheck(UserTypes types, RulesInForce rules, RegistrationCheck checks) {
    this.types = types;
    this.rules = rules;
    this.checks = checks;
  }

  /**
   * A definition is to be that of this emitter.
   *
   * @param named whether the body may name the id
   * @param owner whom it belongs to, or will
   */
  record Target(String id, boolean named, String owner) {}

  /**
   * Reads and checks all, also what its endpoint says; the stage fails with {@link HttpProblem}.
   */
  CompletionStage<EmitterDefinition> accept(JsonNode body, Target target, Principal by) {
    Set<Problem> problems = new LinkedHashSet<>();
    Optional<EmitterDefinition> read = read(object(body), target, by, problems);
    if (read.isEmpty()) {
      return CompletableFuture.failedFuture(invalid(problems));
    }
    return checks
        .check(read.get(), by)
        .thenApply(
            more -> {
              problems.addAll(more);
              if (!problems.isEmpty()) {
                throw invalid(problems);
              }
              return read.get();
            });
  }

  /**
   * Reads and checks what can be checked without asking anybody.
   *
   * @param prefix put before each field in problems
   * @throws HttpProblem with everything that is wrong
   */
  public EmitterDefinition read(JsonNode body, String id, Principal by, String prefix) {
    Set<Problem> problems = new LinkedHashSet<>();
    Optional<EmitterDefinition> read = Optional.empty();
    if (body instanceof ObjectNode) {
      read = read(object(body), new Target(id, true, by.name()), by, problems);
    } else {
      problems.add(new Problem("definition", "must be a JSON object"));
    }
    if (read.isEmpty() || !problems.isEmpty()) {
      throw HttpProblem.of(
          Trouble.MALFORMED,
          problems.stream()
              .map(
                  each ->
                      each.field().equals("definition")
                          ? each
                          : new Problem(prefix + each.field(), each.reason()))
              .toList());
    }
    return read.get();
  }

  private Optional<EmitterDefinition> read(
      ObjectNode body, Target target, Principal by, Set<Problem> problems) {
    TOLD.forEach(body::remove);
    checkId(body, target, problems);
    checkOwner(body, target, problems);
    checkType(body, problems);
    checkTopics(body, problems);
    checkFilter(body, problems);
    try {
      EmitterDefinition definition = DefinitionJson.read(target.id(), RequestJson.write(body));
      problems.addAll(closedTopics(definition.filter(), by));
      ParameterExpressions.problems(definition.parameters()).stream()
          .map(each -> new Problem("parameters." + each.field(), each.reason()))
          .forEach(problems::add);
      return Optional.of(definition);
    } catch (InvalidDefinitionException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }

  /** Topics of which no event could ever be seen; of others it is decided for each event. */
  private List<Problem> closedTopics(EventFilter filter, Principal by) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < filter.topics().size(); i++) {
      TopicPath topic = filter.topics().get(i);
      if (!rules.get().opens(by.viewer(), topic)) {
        problems.add(new Problem("topics[" + i + "]", "is not open to you: " + topic));
      }
    }
    return problems;
  }

  private static void checkId(ObjectNode body, Target target, Set<Problem> problems) {
    if (!target.named() && body.hasNonNull("id")) {
      problems.add(new Problem("id", "must be left out: it is given to a new emitter"));
      body.remove("id");
    }
  }

  private static void checkOwner(ObjectNode body, Target target, Set<Problem> problems) {
    JsonNode owner = body.path("owner");
    boolean given = !owner.isMissingNode() && !owner.isNull();
    if (given && !target.owner().equals(owner.textValue())) {
      problems.add(new Problem("owner", "must be " + target.owner() + " or be left out"));
    }
    body.put("owner", target.owner());
  }

  private void checkType(ObjectNode body, Set<Problem> problems) {
    Optional.ofNullable(body.path("type").textValue())
        .flatMap(EmitterType::of)
        .filter(type -> !types.contains(type))
        .ifPresent(
            type ->
                problems.add(
                    new Problem(
                        "type",
                        "must be one of %s: %s is for system emitters"
                            .formatted(types.names(), type.wireName()))));
  }

  private static void checkTopics(ObjectNode body, Set<Problem> problems) {
    JsonNode topics = body.path("topics");
    if (topics.isMissingNode() || topics.isNull() || (topics.isArray() && topics.isEmpty())) {
      problems.add(
          new Problem("topics", "is required: an array of topics, each an array of texts"));
    }
  }

  private static void checkFilter(ObjectNode body, Set<Problem> problems) {
    problems.addAll(filterProblems(body.path("filter").textValue()));
  }

  /** What is wrong with a FEEL expression, in the field {@code filter}; none if it is absent. */
  static List<Problem> filterProblems(@Nullable String expression) {
    if (expression == null || expression.isBlank()) {
      return List.of(); // What must not be blank is told by whoever reads it.
    }
    try {
      EventMatcher.compile(new EventFilter(List.of(), Set.of(), expression));
      return List.of();
    } catch (InvalidFilterException e) {
      return e.problems();
    }
  }

  private static ObjectNode object(JsonNode body) {
    if (body instanceof ObjectNode object) {
      return object.deepCopy();
    }
    throw HttpProblem.of(Trouble.MALFORMED, "definition", "must be a JSON object");
  }

  private static HttpProblem invalid(Set<Problem> problems) {
    return HttpProblem.of(Trouble.MALFORMED, new ArrayList<>(problems));
  }
}
