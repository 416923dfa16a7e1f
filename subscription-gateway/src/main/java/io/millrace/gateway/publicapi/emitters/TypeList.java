package io.millrace.gateway.publicapi.emitters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Envelope;
import io.millrace.model.emitter.EmitterParameters;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.Parameter;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code GET /emitters}: the types of emitter and their parameters. */
final class TypeList {

  private final ArrayNode types = JsonNodeFactory.instance.arrayNode();

  TypeList(UserTypes users) {
    for (EmitterType type : EmitterType.values()) {
      ObjectNode node = types.addObject().put("type", type.wireName());
      node.put("systemOnly", !users.contains(type));
      ArrayNode parameters = node.putArray("parameters");
      EmitterParameters.of(type).forEach(each -> write(each, parameters.addObject()));
    }
  }

  CompletionStage<Reply> answer(Call call) {
    return CompletableFuture.completedFuture(Envelope.data(200, types));
  }

  private static void write(Parameter parameter, ObjectNode node) {
    node.put("name", parameter.name());
    node.put("required", parameter.required());
    node.put("type", parameter.kind().wireName());
    node.put("description", parameter.description());
    if (parameter.fallback() != null) {
      node.set("default", value(parameter.kind(), parameter.fallback()));
    }
    if (!parameter.choices().isEmpty()) {
      parameter.choices().forEach(node.putArray("values")::add);
    }
  }

  private static JsonNode value(Parameter.Kind kind, String text) {
    return switch (kind) {
      case BOOLEAN -> BooleanNode.valueOf(Boolean.parseBoolean(text));
      case NUMBER -> DecimalNode.valueOf(new BigDecimal(text));
      case STRING, ARRAY, OBJECT -> TextNode.valueOf(text);
    };
  }
}
