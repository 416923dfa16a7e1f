package io.millrace.model.mmm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.TopicPath;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * MMM's events as CloudEvents and back.
 *
 * <p>A CloudEvent of any type is one of MMM if its data is a JSON object with the texts {@code
 * entityId} and {@code entityType}, of 1 to 128 characters, and {@code entityStatus}, of {@link
 * EntityStatus}; so what is raised through other APIs counts as well. {@code parentId} is its
 * data's too, {@code user} its extension attribute, and {@code timestamp} its {@code time}, else
 * the log's. {@link MmmFilter} accepts exactly these. Safe for use by several threads.
 */
public final class MmmEvents {

  /** First level of the topic of events that Millrace makes; the second is the entity's type. */
  public static final String TOPIC = "mmm";

  /** Most characters of an entity's id and of its type; longer ones make no event of MMM. */
  static final int MAX_LENGTH = 128;

  static final String ENTITY_ID = "entityId";
  static final String ENTITY_TYPE = "entityType";
  static final String ENTITY_STATUS = "entityStatus";
  static final String PARENT_ID = "parentId";

  private static final ObjectMapper JSON = new ObjectMapper();

  private MmmEvents() {}

  /**
   * The event as MMM has it; null if it is none of MMM.
   *
   * @param logged the log's time of the event, in milliseconds since 1970
   */
  public static @Nullable MmmEvent read(CloudEvent event, long logged) {
    EntityData data = EntityData.read(event);
    if (data == null) {
      return null;
    }
    OffsetDateTime time = event.getTime();
    Object user = event.getExtension(Extensions.USER);
    return new MmmEvent(
        data.entityId(),
        data.entityType(),
        data.parentId(),
        data.entityStatus(),
        user == null ? null : user.toString(),
        time == null ? Instant.ofEpochMilli(logged).atOffset(ZoneOffset.UTC) : time);
  }

  /**
   * The CloudEvent of something that happened in MMM. Events of one entity keep their order.
   *
   * @param id tells it from all others of the source
   */
  public static CloudEvent write(MmmEvent event, String id, URI source) {
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withId(id)
            .withSource(source)
            .withType(event.entityStatus().type())
            .withSubject(event.entityId())
            .withTime(event.timestamp())
            .withExtension(Extensions.TOPIC_PATH, topic(event.entityType()).toString())
            .withExtension(Extensions.PARTITION_KEY, event.entityId())
            .withData("application/json", data(event));
    String user = event.user();
    return user == null ? builder.build() : builder.withExtension(Extensions.USER, user).build();
  }

  /** Types that cannot be a level of a topic share the topic above. */
  private static TopicPath topic(String entityType) {
    try {
      return new TopicPath(List.of(TOPIC, entityType));
    } catch (IllegalArgumentException e) {
      return new TopicPath(List.of(TOPIC));
    }
  }

  private static byte[] data(MmmEvent event) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put(ENTITY_ID, event.entityId());
    data.put(ENTITY_TYPE, event.entityType());
    if (event.parentId() != null) {
      data.put(PARENT_ID, event.parentId());
    }
    data.put(ENTITY_STATUS, event.entityStatus().name());
    try {
      return JSON.writeValueAsBytes(data);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a text of the event is not well-formed", e);
    }
  }
}
