package io.millrace.gateway.acronis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.catalogue.AcronisTopic;
import io.millrace.gateway.catalogue.Catalogue;
import io.millrace.gateway.catalogue.MessageType;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.subscription.StreamPositions;
import io.millrace.model.emitter.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Topics, offsets in them, and types of events. A topic that the rules do not let its caller be
 * told of is none.
 */
final class TopicRoutes {

  private static final String TOPIC = "topic_id";
  private static final String POSITION = "position";
  private static final String TIMESTAMP = "timestamp";

  private final Supplier<Catalogue> catalogue;
  private final ToldTopics topics;
  private final StreamPositions positions;

  TopicRoutes(Supplier<Catalogue> catalogue, ToldTopics topics, StreamPositions positions) {
    this.catalogue = catalogue;
    this.topics = topics;
    this.positions = positions;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/topics", this::topics),
        new Route("GET", "/topics/offsets", call -> offset(call, call.query(TOPIC))),
        new Route("GET", "/topics/{topicId}/offsets", call -> offset(call, call.path("topicId"))),
        new Route("GET", "/types", this::types));
  }

  private CompletionStage<Reply> topics(Call call) {
    String wanted = call.query(TOPIC);
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    topics.all(call.principal()).stream()
        .filter(topic -> wanted == null || topic.id().equals(wanted))
        .forEach(topic -> all.add(node(topic)));
    return CompletableFuture.completedFuture(Reply.json(200, all));
  }

  private static JsonNode node(AcronisTopic topic) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", topic.id())
        .put("description", topic.description())
        .put("persistency", topic.persistency())
        .put("ordering", topic.ordering().name())
        .put("producer_consolidation", topic.producerConsolidation().name())
        .put("archive_consolidation", topic.archiveConsolidation().name())
        .put("retention", topic.retention().text());
  }

  private CompletionStage<Reply> offset(Call call, @Nullable String id) {
    List<Problem> problems = new ArrayList<>();
    if (id == null) {
      problems.add(new Problem(TOPIC, "is missing"));
    }
    String position = call.query(POSITION);
    if (position == null || !List.of("EARLIEST", "CURRENT", "TIMESTAMP").contains(position)) {
      problems.add(new Problem(POSITION, "must be EARLIEST, CURRENT or TIMESTAMP"));
    }
    Instant since = "TIMESTAMP".equals(position) ? since(call, problems) : Instant.EPOCH;
    if (!problems.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, problems);
    }
    AcronisTopic topic =
        topics
            .find(call.principal(), Objects.requireNonNull(id))
            .orElseThrow(() -> HttpProblem.of(Trouble.NOT_FOUND, TOPIC, "is no topic: " + id));
    CompletionStage<Long> asked =
        switch (Objects.requireNonNull(position)) {
          case "EARLIEST" -> positions.earliest(topic.stream());
          case "CURRENT" -> positions.newest(topic.stream());
          default -> positions.since(topic.stream(), since);
        };
    return AcronisSubscriptions.told(asked)
        .thenApply(
            offset ->
                Reply.json(
                    200,
                    JsonNodeFactory.instance
                        .objectNode()
                        .put(TOPIC, topic.id())
                        .put("offset", offset)));
  }

  private static Instant since(Call call, List<Problem> problems) {
    String text = call.query(TIMESTAMP);
    if (text == null) {
      problems.add(new Problem(TIMESTAMP, "is missing, which the position TIMESTAMP needs"));
      return Instant.EPOCH;
    }
    try {
      // A plus that was not encoded is a space by now.
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeException e) {
      problems.add(new Problem(TIMESTAMP, "must be a time as RFC 3339 writes it"));
      return Instant.EPOCH;
    }
  }

  private CompletionStage<Reply> types(Call call) {
    String topic = call.query(TOPIC);
    String type = call.query("type_id");
    String include = call.query("include_schema");
    if (include != null && !List.of("true", "false").contains(include)) {
      throw HttpProblem.of(Trouble.MALFORMED, "include_schema", "must be true or false");
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    Catalogue now = catalogue.get();
    for (AcronisTopic each : topics.all(call.principal())) {
      if (topic == null || each.id().equals(topic)) {
        now.messagesOn(each.topic()).stream()
            .filter(message -> type == null || message.type().equals(type))
            .forEach(message -> all.add(node(each, message, "true".equals(include))));
      }
    }
    return CompletableFuture.completedFuture(Reply.json(200, all));
  }

  private static JsonNode node(AcronisTopic topic, MessageType message, boolean withSchema) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", message.type()).put(TOPIC, topic.id());
    node.put("description", Objects.requireNonNullElse(message.description(), ""));
    if (!message.subjectTypes().isEmpty()) {
      ArrayNode subjects = node.putArray("allowed_subject_types");
      message.subjectTypes().forEach(subject -> subjects.add(subject.text()));
    }
    if (withSchema && message.schema() != null) {
      // A text that holds JSON, as the vendor has it.
      node.put("data_schema", message.schema().toString());
    }
    if (message.subjectRefTemplate() != null) {
      node.put("subject_ref_template", message.subjectRefTemplate());
    }
    return node;
  }
}
