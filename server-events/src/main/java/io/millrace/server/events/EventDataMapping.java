package io.millrace.server.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.TopicPath;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.model.foundry.ServerEvent;
import io.millrace.model.foundry.ServerEvents;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Event data to CloudEvent and back, as the gateway's Foundry ingest writes them ({@link
 * ServerEvents}): the key is {@code partitionkey}, the application {@code app}, the user profile
 * JSON in {@code userprofile}. For transports. Safe for use by several threads.
 */
public final class EventDataMapping {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final String USER = "user";

  private EventDataMapping() {}

  /**
   * The CloudEvent of an event.
   *
   * @param producer the CloudEvents source
   * @throws IllegalArgumentException naming what cannot be written
   */
  public static CloudEvent write(EventData event, URI producer) {
    TopicPath unused = topic(event);
    ObjectNode metadata = object(event.getAdditionalMetadata(), "additionalMetadata");
    JsonNode data = tree(event.getData(), "data");
    CloudEventBuilder builder =
        ServerEvents.write(new ServerEvent(event.getTopic(), data, metadata))
            .withId(event.getId())
            .withSource(producer)
            .withType(event.getType())
            .withTime(OffsetDateTime.ofInstant(event.getTimestamp(), ZoneOffset.UTC));
    extension(builder, Extensions.PARTITION_KEY, event.getKey());
    extension(builder, Extensions.APP, event.getAppId());
    Map<String, Object> profile = event.getUserProfile();
    if (profile != null) {
      extension(builder, Extensions.USER_PROFILE, object(profile, "userProfile").toString());
      extension(builder, Extensions.USER, profile.get(USER) instanceof String user ? user : null);
    }
    return builder.build();
  }

  /**
   * The event that a CloudEvent is, whoever wrote it. A user without a profile is one under {@code
   * user}.
   *
   * @throws UnreadableEventException if it has no topic or an empty type, or JSON that is none
   */
  public static EventData read(CloudEvent event) throws UnreadableEventException {
    ServerEvent content = ServerEvents.read(event);
    OffsetDateTime time = event.getTime();
    EventData data =
        new EventData(
            event.getId(),
            content.topic(),
            value(content.data()),
            time == null ? Instant.EPOCH : time.toInstant(),
            event.getSource().toString(),
            text(event, Extensions.APP),
            profile(event));
    if (event.getType().isBlank()) {
      throw new UnreadableEventException("type is empty", null);
    }
    data.setType(event.getType());
    String key = text(event, Extensions.PARTITION_KEY);
    data.setKey(key == null ? event.getSubject() : key);
    ObjectNode metadata = content.metadata();
    if (metadata != null) {
      metadata
          .properties()
          .forEach(e -> data.addAdditionalMetadata(e.getKey(), value(e.getValue())));
    }
    return data;
  }

  /** The JSON of a payload, as it is sent to a service. */
  public static byte[] json(EventData event) {
    try {
      return JSON.writeValueAsBytes(event.getData());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("data cannot be written as JSON", e);
    }
  }

  private static TopicPath topic(EventData event) {
    try {
      return TopicPath.parse(event.getTopic());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("topic is none: " + e.getMessage(), e);
    }
  }

  private static ObjectNode object(Map<String, ?> map, String field) {
    return (ObjectNode) tree(map, field);
  }

  private static JsonNode tree(@Nullable Object value, String field) {
    if (value == null) {
      return NullNode.getInstance();
    }
    try {
      return JSON.valueToTree(value);
    } catch (IllegalArgumentException | StackOverflowError e) { // The latter of what holds itself.
      throw new IllegalArgumentException(field + " cannot be written as JSON", e);
    }
  }

  private static @Nullable Map<String, Object> profile(CloudEvent event)
      throws UnreadableEventException {
    String profile = text(event, Extensions.USER_PROFILE);
    if (profile == null) {
      String user = text(event, Extensions.USER);
      return user == null ? null : Map.of(USER, user);
    }
    try {
      return JSON.readValue(profile, MAP);
    } catch (JsonProcessingException e) {
      throw new UnreadableEventException("userprofile is no JSON object", e);
    }
  }

  private static @Nullable Object value(JsonNode node) {
    try {
      return node.isNull() ? null : JSON.treeToValue(node, Object.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be read", e);
    }
  }

  private static @Nullable String text(CloudEvent event, String name) {
    Object value = event.getExtension(name);
    return value == null ? null : value.toString();
  }

  private static void extension(CloudEventBuilder builder, String name, @Nullable String value) {
    if (value != null) {
      builder.withExtension(name, value);
    }
  }
}
