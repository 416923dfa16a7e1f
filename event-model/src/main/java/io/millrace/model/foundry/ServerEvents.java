package io.millrace.model.foundry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.UnreadableEventException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Server event to CloudEvent and back. The topic stands in {@code topicpath} as it was published,
 * the data is JSON, {@code additionalMetadata} is the text of a JSON object in {@code metadata}.
 * Numbers stay as they were written. Safe for use by several threads.
 */
public final class ServerEvents {

  /** The CloudEvents source of an event whose publisher is not known better: the endpoint. */
  public static final String DEFAULT_SOURCE = "/services/ServerEvents";

  /** The CloudEvents type of an event that has none. */
  public static final String DEFAULT_TYPE = "ServerEvent";

  private static final String CONTENT_TYPE = "application/json";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ServerEvents() {}

  /**
   * A CloudEvent of the event, to which the caller adds id, source, type and time.
   *
   * @throws IllegalArgumentException if data or metadata is nested deeper than could be read again
   */
  public static CloudEventBuilder write(ServerEvent event) {
    CloudEventBuilder builder =
        CloudEventBuilder.v1()
            .withData(CONTENT_TYPE, bytes(event.data(), "data"))
            .withExtension(Extensions.TOPIC_PATH, event.topic());
    if (event.metadata() != null) {
      byte[] metadata = bytes(event.metadata(), "additionalMetadata");
      builder.withExtension(Extensions.METADATA, new String(metadata, StandardCharsets.UTF_8));
    }
    return builder;
  }

  /**
   * The server event that a CloudEvent is, whoever wrote it: data that is no JSON becomes a text if
   * its content type is one, and Base64 text otherwise.
   *
   * @throws UnreadableEventException if it has no topic, or if its data or metadata is not the JSON
   *     that it claims to be
   */
  public static ServerEvent read(CloudEvent event) throws UnreadableEventException {
    Object topic = event.getExtension(Extensions.TOPIC_PATH);
    if (topic == null) {
      throw new UnreadableEventException("topicpath is missing", null);
    }
    return new ServerEvent(topic.toString(), data(event), metadata(event));
  }

  private static JsonNode data(CloudEvent event) throws UnreadableEventException {
    CloudEventData data = event.getData();
    if (data == null) {
      return NullNode.getInstance();
    }
    String type = contentType(event.getDataContentType());
    if (type.equals(CONTENT_TYPE) || type.endsWith("+json")) {
      return parse(data.toBytes(), "data");
    }
    return type.startsWith("text/") || type.endsWith("xml")
        ? TextNode.valueOf(new String(data.toBytes(), StandardCharsets.UTF_8))
        : TextNode.valueOf(BinaryNode.valueOf(data.toBytes()).asText());
  }

  private static @Nullable ObjectNode metadata(CloudEvent event) throws UnreadableEventException {
    Object text = event.getExtension(Extensions.METADATA);
    if (text == null) {
      return null;
    }
    JsonNode node = parse(text.toString().getBytes(StandardCharsets.UTF_8), "metadata");
    if (!(node instanceof ObjectNode metadata)) {
      throw new UnreadableEventException("metadata is no JSON object", null);
    }
    return metadata;
  }

  // An event without a content type has JSON data. Source: CloudEvents 1.0, datacontenttype.
  private static String contentType(@Nullable String written) {
    if (written == null) {
      return CONTENT_TYPE;
    }
    int parameters = written.indexOf(';');
    String type = parameters < 0 ? written : written.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static JsonNode parse(byte[] json, String field) throws UnreadableEventException {
    try {
      JsonNode node = JSON.readTree(json);
      if (node.isMissingNode()) {
        throw new UnreadableEventException(field + " is empty, though it should be JSON", null);
      }
      return node;
    } catch (IOException e) {
      throw new UnreadableEventException(field + " is no JSON", e);
    }
  }

  private static byte[] bytes(JsonNode node, String field) {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      // It is nested too deep.
      throw new IllegalArgumentException(field + " cannot be written as JSON", e);
    }
  }
}
