package io.millrace.source.des;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventRWException;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.source.push.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents in JSON, read more leniently than their specification does, since DES's document
 * shows {@code specversion: 1.0.1} and an attribute {@code Ip}: every 1.x counts as 1.0, names are
 * put in lower case, an attribute that no CloudEvent can have is left out.
 */
final class LenientEvents {

  private static final String JSON_TYPE = "application/json";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+");

  private LenientEvents() {}

  /**
   * Reads an event.
   *
   * @throws UnreadableEventException if it lacks what every event has, or has it in a form that
   *     cannot be understood
   */
  static CloudEvent read(ObjectNode json) throws UnreadableEventException {
    Map<String, JsonNode> members = members(json);
    String version = text(members.remove("specversion"));
    if (!version.isEmpty() && !version.equals("1") && !version.startsWith("1.")) {
      throw new UnreadableEventException("an event's specversion is not 1.x", null);
    }
    CloudEventBuilder builder = CloudEventBuilder.v1();
    data(members, builder);
    for (String name : new String[] {"id", "source", "type"}) {
      String value = text(members.remove(name));
      if (value.isBlank()) {
        throw new UnreadableEventException("an event has no " + name, null);
      }
      attribute(builder, name, value);
    }
    for (Map.Entry<String, JsonNode> member : members.entrySet()) {
      if (NAME.matcher(member.getKey()).matches()) {
        attribute(builder, member.getKey(), text(member.getValue()));
      }
    }
    return builder.build();
  }

  // A name that is in lower case as it stands wins over one that is put so.
  private static Map<String, JsonNode> members(ObjectNode json) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      if (!field.getValue().isNull() && (name.equals(field.getKey()) || !json.has(name))) {
        members.put(name, field.getValue());
      }
    }
    return members;
  }

  private static void data(Map<String, JsonNode> members, CloudEventBuilder builder)
      throws UnreadableEventException {
    String type = text(members.remove("datacontenttype"));
    JsonNode data = members.remove("data");
    JsonNode base64 = members.remove("data_base64");
    String contentType = type.isEmpty() ? JSON_TYPE : type;
    if (data != null) {
      boolean plain = data.isTextual() && !isJson(contentType);
      byte[] bytes =
          plain ? data.textValue().getBytes(StandardCharsets.UTF_8) : JsonText.bytes(data);
      builder.withData(contentType, bytes);
    } else if (base64 != null) {
      builder.withData(contentType, decoded(base64));
    } else if (!type.isEmpty()) {
      builder.withDataContentType(type);
    }
  }

  private static byte[] decoded(JsonNode base64) throws UnreadableEventException {
    try {
      return base64.binaryValue();
    } catch (IOException e) {
      throw new UnreadableEventException("an event's data_base64 is no Base64", null);
    }
  }

  private static boolean isJson(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith(JSON_TYPE) || type.contains("+json");
  }

  private static void attribute(CloudEventBuilder builder, String name, String value)
      throws UnreadableEventException {
    if (value.isEmpty()) {
      return;
    }
    try {
      builder.withContextAttribute(name, value);
    } catch (CloudEventRWException | DateTimeException | IllegalArgumentException e) {
      throw new UnreadableEventException("an event's " + name + " cannot be understood", null);
    }
  }

  // What is no text becomes the text of its JSON.
  private static String text(@Nullable JsonNode value) {
    if (value == null) {
      return "";
    }
    return value.isValueNode() ? value.asText() : JsonText.write(value);
  }
}
