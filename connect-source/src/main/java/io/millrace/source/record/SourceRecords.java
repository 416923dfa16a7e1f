package io.millrace.source.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.types.Time;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.TopicPath;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents as what Connect's converters turn into the records of a stream: binary mode, so that
 * they are what {@link EventRecords#write} writes. Safe for use by several threads.
 */
public final class SourceRecords {

  private static final String CONTENT_TYPE = "content-type";
  private static final String PREFIX = "ce_";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String topic;
  private final @Nullable AttributeTemplate topicPath;
  private final @Nullable AttributeTemplate partitionKey;
  private final Form key;
  private final Form value;
  private final Form header;

  public SourceRecords(RecordConfig config) {
    this.topic = config.topic();
    this.topicPath = config.topicPath();
    this.partitionKey = config.partitionKey();
    this.key = config.form(Part.KEY);
    this.value = config.form(Part.VALUE);
    this.header = config.form(Part.HEADER);
  }

  /** What a record is made of; all of it may be handed on unchanged. */
  public record Parts(
      String topic, SchemaAndValue key, SchemaAndValue value, ConnectHeaders headers) {}

  /** The event's record, with the topic path and the partition key that the templates give it. */
  public Parts of(CloudEvent given) {
    CloudEvent event = addressed(given);
    return new Parts(topic, key(event), value(event), headers(event));
  }

  private CloudEvent addressed(CloudEvent event) {
    if (topicPath == null && partitionKey == null) {
      return event;
    }
    CloudEventBuilder builder = CloudEventBuilder.v1(event);
    if (topicPath != null) {
      set(builder, Extensions.TOPIC_PATH, path(topicPath.of(event)));
    }
    if (partitionKey != null) {
      set(builder, Extensions.PARTITION_KEY, partitionKey.of(event));
    }
    return builder.build();
  }

  private static void set(CloudEventBuilder builder, String name, @Nullable String text) {
    if (text == null) {
      builder.withoutExtension(name);
    } else {
      builder.withExtension(name, text);
    }
  }

  /** A value may bring slashes with it, which are levels; empty levels are none. */
  private static @Nullable String path(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return new TopicPath(
              Arrays.stream(text.split(TopicPath.SEPARATOR, -1))
                  .filter(level -> !level.isBlank())
                  .toList())
          .toString();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private SchemaAndValue key(CloudEvent event) {
    byte[] bytes = EventRecords.key(event);
    if (bytes == null) {
      return SchemaAndValue.NULL;
    }
    return key == Form.BYTES
        ? new SchemaAndValue(Schema.OPTIONAL_BYTES_SCHEMA, bytes)
        : new SchemaAndValue(
            Schema.OPTIONAL_STRING_SCHEMA, new String(bytes, StandardCharsets.UTF_8));
  }

  private SchemaAndValue value(CloudEvent event) {
    CloudEventData data = event.getData();
    if (data == null) {
      return SchemaAndValue.NULL;
    }
    byte[] bytes = data.toBytes();
    return switch (value) {
      case BYTES -> new SchemaAndValue(Schema.OPTIONAL_BYTES_SCHEMA, bytes);
      case TEXT ->
          new SchemaAndValue(
              Schema.OPTIONAL_STRING_SCHEMA, new String(bytes, StandardCharsets.UTF_8));
      case JSON -> new SchemaAndValue(null, tree(bytes));
      case AUTO -> throw new IllegalStateException("the form was not decided");
    };
  }

  /** Data that is no JSON becomes a text, as it does elsewhere where events are told as JSON. */
  private static @Nullable Object tree(byte[] bytes) {
    try {
      return plain(JSON.readValue(bytes, Object.class));
    } catch (JsonProcessingException e) {
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("bytes could not be read", e);
    }
  }

  /** Connect knows no whole number above 64 bits. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof BigInteger number) {
      return number.doubleValue();
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> plain = new ArrayList<>(list.size());
      list.forEach(each -> plain.add(plain(each)));
      return plain;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> plain = new LinkedHashMap<>();
      map.forEach((name, each) -> plain.put(name, plain(each)));
      return plain;
    }
    return value;
  }

  private ConnectHeaders headers(CloudEvent event) {
    ConnectHeaders headers = new ConnectHeaders();
    for (String name : event.getAttributeNames()) {
      Object attribute = event.getAttribute(name);
      if (attribute != null) {
        add(headers, name.equals("datacontenttype") ? CONTENT_TYPE : PREFIX + name, attribute);
      }
    }
    for (String name : event.getExtensionNames()) {
      Object extension = event.getExtension(name);
      if (extension != null) {
        add(headers, PREFIX + name, extension);
      }
    }
    return headers;
  }

  private void add(ConnectHeaders headers, String name, Object attribute) {
    String text = text(attribute);
    if (header == Form.BYTES) {
      headers.addBytes(name, text.getBytes(StandardCharsets.UTF_8));
    } else {
      headers.addString(name, text);
    }
  }

  private static String text(Object attribute) {
    if (attribute instanceof OffsetDateTime time) {
      return Time.writeTime(time);
    }
    return attribute instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : attribute.toString();
  }
}
