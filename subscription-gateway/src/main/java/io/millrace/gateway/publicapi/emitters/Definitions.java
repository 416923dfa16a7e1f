package io.millrace.gateway.publicapi.emitters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Envelope;
import io.millrace.gateway.publicapi.PublicApi;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.publicapi.emitters.DefinitionCheck.Target;
import io.millrace.model.emitter.EmitterDefinition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** {@code /emitters/definitions}: list, create, read, replace, delete. */
final class Definitions {

  static final String PATH = "/emitters/definitions";
  static final String ONE = PATH + "/{id}";

  private final Emitters emitters;
  private final DefinitionCheck check;
  private final Quota quota;
  private final DefinitionNode nodes;
  private final FilterWarnings warnings;
  private final Supplier<String> ids;

  Definitions(
      Emitters emitters,
      DefinitionCheck check,
      Quota quota,
      DefinitionNode nodes,
      FilterWarnings warnings,
      Supplier<String> ids) {
    this.emitters = emitters;
    this.check = check;
    this.quota = quota;
    this.nodes = nodes;
    this.warnings = warnings;
    this.ids = ids;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", PATH, this::list),
        new Route("POST", PATH, this::create),
        new Route("GET", ONE, this::read),
        new Route("PUT", ONE, this::replace),
        new Route("DELETE", ONE, this::delete));
  }

  private CompletionStage<Reply> list(Call call) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    emitters.all(call.principal()).forEach(each -> list.add(nodes.of(each)));
    return CompletableFuture.completedFuture(Envelope.data(200, list));
  }

  private CompletionStage<Reply> read(Call call) {
    EmitterDefinition definition = emitters.get(call.path("id"), call.principal());
    return CompletableFuture.completedFuture(Envelope.data(200, nodes.of(definition)));
  }

  private CompletionStage<Reply> create(Call call) {
    Target target = new Target(ids.get(), false, call.principal().name());
    return call.json()
        .thenCompose(body -> check.accept(body, target, call.principal()))
        .thenCompose(definition -> quota.add(call.principal(), () -> emitters.create(definition)))
        .thenApply(
            definition ->
                Envelope.data(201, warned(definition))
                    .with("Location", PublicApi.ROOT + PATH + "/" + definition.id()));
  }

  private CompletionStage<Reply> replace(Call call) {
    String id = call.path("id");
    String owner = Emitters.requireOwned(emitters.get(id, call.principal()));
    return call.json()
        .thenCompose(body -> check.accept(body, new Target(id, true, owner), call.principal()))
        .thenCompose(
            definition ->
                emitters.change(
                    id,
                    call.principal(),
                    standing -> {
                      String unused = Emitters.requireOwned(standing);
                      return definition.with(standing.activation());
                    }))
        .thenApply(definition -> Envelope.data(200, warned(definition)));
  }

  private JsonNode warned(EmitterDefinition definition) {
    ObjectNode node = nodes.of(definition);
    warnings.addTo(node, definition.filter());
    return node;
  }

  private CompletionStage<Reply> delete(Call call) {
    return emitters
        .remove(call.path("id"), call.principal())
        .thenApply(removed -> Reply.empty(204));
  }
}
