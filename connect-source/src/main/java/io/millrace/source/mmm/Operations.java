package io.millrace.source.mmm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of MMM. Where the vendor's document shows the type of an argument it goes as a
 * variable; the others are written out, since a variable of a type that differs by a letter would
 * be refused. Source: MMM Events API.
 */
final class Operations {

  static final String EVENTS_FIELD = "_externalEvents";
  static final String ACKNOWLEDGE_FIELD = "_acknowledgeExternalEvents";
  static final String UNSUBSCRIBE_FIELD = "_unsubscribeExternalEvents";
  static final String STATUS_FIELD = "_externalEventsSubscriptionStatus";

  // The document has lost the names of the last two of these.
  private static final String ENTITY_ID = "entityId";
  private static final String ENTITY_TYPE = "entityType";
  private static final String PARENT_ID = "parentId";
  private static final String EVENT_TYPE = "eventType";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Operations() {}

  /**
   * Subscribes.
   *
   * @param lastEventId this event and all before it count as acknowledged; null to go on where MMM
   *     remembers
   */
  static ObjectNode events(MmmConfig config, @Nullable Long lastEventId) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("chunkSize", config.chunkSize());
    arguments.put("chunkMaxDelay", config.chunkMaxDelay());
    arguments.put("excludeOwnModifications", config.excludesOwn());
    config.entityId().ifPresent(value -> arguments.put(ENTITY_ID, value));
    config.entityType().ifPresent(value -> arguments.put(ENTITY_TYPE, value));
    config.parentId().ifPresent(value -> arguments.put(PARENT_ID, value));
    config.eventType().ifPresent(value -> arguments.put(EVENT_TYPE, value));
    String written =
        arguments.entrySet().stream()
            .map(each -> ", " + each.getKey() + ": " + literal(each.getValue()))
            .collect(Collectors.joining());
    ObjectNode variables = id(config.subscriptionId()).put("ackLimit", config.ackLimit());
    String last = "";
    String lastType = "";
    if (lastEventId != null) {
      variables.put("lastEventId", lastEventId);
      lastType = ", $lastEventId: Long";
      last = ", lastEventId: $lastEventId";
    }
    return operation(
        """
        subscription ($id: GID!, $ackLimit: Int!%s) {
          %s(subscriptionId: $id, ackLimit: $ackLimit%s%s) {
            events { id timestamp entityId entityType entityStatus }
          }
        }"""
            .formatted(lastType, EVENTS_FIELD, last, written),
        variables);
  }

  /** Acknowledges an event and all before it. */
  static ObjectNode acknowledge(String subscriptionId, long lastEventId) {
    return operation(
        """
        mutation ($id: GID!, $lastEventId: Long!) {
          %s(subscriptionId: $id, lastEventId: $lastEventId)
        }"""
            .formatted(ACKNOWLEDGE_FIELD),
        id(subscriptionId).put("lastEventId", lastEventId));
  }

  /** Removes the subscription. */
  static ObjectNode unsubscribe(String subscriptionId) {
    return operation(
        """
        mutation ($id: GID!) {
          %s(subscriptionId: $id)
        }"""
            .formatted(UNSUBSCRIBE_FIELD),
        id(subscriptionId));
  }

  /** Asks how the subscription is, which may well not exist yet. */
  static ObjectNode status(String subscriptionId) {
    return operation(
        """
        query ($id: GID!) {
          %s(subscriptionId: $id) { subscriptionId undeliveredEventCount status }
        }"""
            .formatted(STATUS_FIELD),
        id(subscriptionId));
  }

  private static ObjectNode id(String subscriptionId) {
    return JsonNodeFactory.instance.objectNode().put("id", subscriptionId);
  }

  private static ObjectNode operation(String query, ObjectNode variables) {
    ObjectNode operation = JsonNodeFactory.instance.objectNode().put("query", query);
    operation.set("variables", variables);
    return operation;
  }

  // GraphQL's literals for texts, numbers and truth values are those of JSON.
  private static String literal(Object value) {
    return JSON.valueToTree(value).toString();
  }
}
