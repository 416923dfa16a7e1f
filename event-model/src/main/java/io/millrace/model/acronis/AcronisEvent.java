package io.millrace.model.acronis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.millrace.model.event.Extensions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event as Acronis's Event Manager hands it out. Every CloudEvent of a topic's stream that names
 * its tenant is one; those without a tenant are nobody's.
 *
 * @param sequence the event's place in its topic, the Kafka offset + 1; the place before it is that
 *     of the event before it
 * @param ingestTime when the log took it
 */
public record AcronisEvent(CloudEvent event, long sequence, Instant ingestTime) {

  /** Largest event, as JSON in bytes. Source: Acronis Event Manager. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final int FAR = MAX_BYTES / 4;

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern JSON_TYPE = Pattern.compile("[^/]+/(json|[^/]+\\+json)");

  // Numbers stay as they were written.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  public AcronisEvent {
    if (tenant(event) == null) {
      throw new IllegalArgumentException("an event of Acronis names its tenant");
    }
  }

  /** Whose event it is; null if it is none of Acronis's. */
  public static @Nullable String tenant(CloudEvent event) {
    Object tenant = event.getExtension(Extensions.TENANT_ID);
    return tenant == null || tenant.toString().isBlank() ? null : tenant.toString();
  }

  public static boolean isUuid(String text) {
    return UUID_TEXT.matcher(text).matches();
  }

  /**
   * The event's JSON. One that would be larger than {@link #MAX_BYTES} has no data, but a reference
   * to it.
   *
   * @param dataRef asked only then: a URL where {@link #data} is told
   */
  public ObjectNode json(Supplier<String> dataRef) {
    ObjectNode node = attributes();
    JsonNode data = data();
    if (data == null) {
      return node;
    }
    node.set(AcronisAttributes.DATA, data);
    CloudEventData carried = event.getData();
    // What is far from the limit need not be measured.
    if (carried == null || carried.toBytes().length < FAR || bytes(node).length <= MAX_BYTES) {
      return node;
    }
    node.remove(AcronisAttributes.DATA);
    return node.put("data_ref", dataRef.get());
  }

  /**
   * The event's data: JSON as it is, texts as a text, else a text in Base64. Null if there is none.
   */
  public @Nullable JsonNode data() {
    CloudEventData carried = event.getData();
    if (carried == null) {
      return null;
    }
    byte[] bytes = carried.toBytes();
    String type = event.getDataContentType();
    String media =
        type == null ? "application/json" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (JSON_TYPE.matcher(media).matches()) {
      try {
        return JSON.readTree(bytes);
      } catch (IOException e) {
        return TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
      }
    }
    return TextNode.valueOf(
        media.startsWith("text/")
            ? new String(bytes, StandardCharsets.UTF_8)
            : Base64.getEncoder().encodeToString(bytes));
  }

  private ObjectNode attributes() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", id());
    node.put("type", event.getType());
    OffsetDateTime time = event.getTime();
    node.put("time", time == null ? ingestTime.toString() : utc(time));
    node.put("ingest_time", ingestTime.toString());
    node.put("previous", sequence - 1);
    node.put("sequence", sequence);
    node.put("source", event.getSource().toString());
    put(node, "subject", event.getSubject());
    put(node, "subject_type", event.getExtension(AcronisAttributes.SUBJECT_TYPE));
    node.put("tenant_id", tenant(event));
    // Other applications have names; this one's clients expect a UUID or nothing.
    Object client = event.getExtension(Extensions.APP);
    put(node, "client_id", client != null && isUuid(client.toString()) ? client : null);
    put(node, "trace_parent", event.getExtension(AcronisAttributes.CAUSE_ID));
    put(node, "data_ref", event.getExtension(AcronisAttributes.DATA_REF));
    return node;
  }

  /** Its clients expect a UUID: any other id becomes the one that source and id name. */
  private String id() {
    String name = event.getSource() + "\n" + event.getId();
    return isUuid(event.getId())
        ? event.getId()
        : UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String utc(OffsetDateTime time) {
    return DateTimeFormatter.ISO_INSTANT.format(time);
  }

  private static void put(ObjectNode node, String name, @Nullable Object value) {
    if (value != null) {
      node.put(name, value.toString());
    }
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON could not be written", e);
    }
  }
}
