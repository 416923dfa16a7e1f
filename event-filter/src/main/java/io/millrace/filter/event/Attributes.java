package io.millrace.filter.event;

import io.cloudevents.CloudEvent;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event's attributes as plain values: strings, booleans, {@code BigDecimal} and times. */
final class Attributes {

  private Attributes() {}

  static Map<String, Object> of(CloudEvent event) {
    Map<String, Object> attributes = new HashMap<>();
    event.getAttributeNames().forEach(name -> put(attributes, name, event.getAttribute(name)));
    event.getExtensionNames().forEach(name -> put(attributes, name, event.getExtension(name)));
    return attributes;
  }

  static @Nullable Object one(CloudEvent event, String name) {
    Object value =
        event.getSpecVersion().getAllAttributes().contains(name)
            ? event.getAttribute(name)
            : event.getExtension(name);
    return value == null ? null : plain(value);
  }

  private static void put(Map<String, Object> attributes, String name, @Nullable Object value) {
    if (value != null) {
      attributes.put(name, plain(value));
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      return new BigDecimal(number.toString());
    }
    if (value instanceof OffsetDateTime time) {
      return time.toZonedDateTime();
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    return value.toString();
  }
}
