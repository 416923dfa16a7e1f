package io.millrace.standalone.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes up events as the four vendor systems raise them, in turn. Sources: the vendors' documents
 * for shapes and topic names; the values are invented. For use by one thread.
 */
final class DemoEvents {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ENTITY_TYPES =
      List.of("tableAttribute", "catalogItem", "term", "source");
  private static final List<String> ENTITY_STATUSES = List.of("CREATED", "UPDATED", "DELETED");
  private static final List<String> DECISIONS = List.of("loan-approval", "pricing", "fraud-check");

  private final RandomGenerator random;
  private final Clock clock;
  private int turn;

  DemoEvents(RandomGenerator random, Clock clock) {
    this.random = random;
    this.clock = clock;
  }

  DemoEvent next() {
    return switch (turn++ % 4) {
      case 0 -> foundryDeposit();
      case 1 -> mmmEntity();
      case 2 -> acronisTenant();
      default -> desService();
    };
  }

  private DemoEvent foundryDeposit() {
    int amount = 10 * (1 + random.nextInt(300));
    String kind = random.nextBoolean() ? "deposit" : "withdraw";
    Map<String, Object> event =
        Map.of(
            "topic",
            "transaction/" + kind,
            "data",
            Map.of("amount", amount, "account", "ACC-" + (1000 + random.nextInt(20))),
            "additionalMetadata",
            Map.of("channel", random.nextBoolean() ? "mobile" : "branch"));
    return new DemoEvent(
        "/services/ServerEvents",
        Map.of("Content-Type", "application/json"),
        json(Map.of("events", List.of(event))));
  }

  private DemoEvent mmmEntity() {
    String entityId = uuid();
    String entityType = pick(ENTITY_TYPES);
    return cloudEvent(
        "mmm/" + entityType,
        "entity.changed",
        entityId,
        Map.of(
            "entityId", entityId,
            "entityType", entityType,
            "entityStatus", pick(ENTITY_STATUSES)));
  }

  private DemoEvent acronisTenant() {
    String tenantId = uuid();
    String change = random.nextInt(4) == 0 ? "disabled" : "updated";
    return cloudEvent(
        "acronis/tenant",
        "cti.a.p.em.event.v1.0~a.p.tenant." + change + ".v1.0",
        tenantId,
        Map.of("tenant_id", tenantId, "kind", pick(List.of("partner", "customer", "unit"))));
  }

  private DemoEvent desService() {
    String service = pick(DECISIONS);
    String environment = random.nextInt(3) == 0 ? "staging" : "production";
    boolean failed = random.nextInt(10) == 0;
    return cloudEvent(
        "service/" + environment + "/finance/" + service,
        failed ? "ServiceExecutionFailed" : "ServiceExecutionCompleted",
        service,
        Map.of("service", service, "environment", environment, "millis", 5 + random.nextInt(400)));
  }

  private DemoEvent cloudEvent(String topic, String type, String subject, Map<String, ?> data) {
    return new DemoEvent(
        "/events/" + topic,
        Map.of(
            "Content-Type",
            "application/json",
            "ce-specversion",
            "1.0",
            "ce-id",
            uuid(),
            "ce-source",
            "millrace-demo",
            "ce-type",
            type,
            "ce-subject",
            subject,
            "ce-time",
            clock.instant().toString()),
        json(data));
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String json(Map<String, ?> value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map could not be written", e);
    }
  }
}
