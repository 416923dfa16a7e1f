package io.millrace.filter.event;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.JsonData;
import io.millrace.model.event.TopicPath;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as filters see it. What costs something is worked out when a filter first asks for it,
 * and once. Belongs to one thread.
 */
public final class EventView {

  private final CloudEvent event;
  private @Nullable Map<String, Object> attributes;
  private boolean dataRead;
  private @Nullable Object data;
  private boolean ownEvent;
  private @Nullable UnreadableDataException dataFailure;

  public EventView(CloudEvent event) {
    this.event = event;
  }

  /** The event's type. */
  public String type() {
    return event.getType();
  }

  /** The event's topic; null if it has none or one that cannot be read. */
  public @Nullable TopicPath topic() {
    Object text = event.getExtension(Extensions.TOPIC_PATH);
    if (text == null) {
      return null;
    }
    try {
      return TopicPath.parse(text.toString());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The text of the event's topic, readable or not; null if it has none. */
  public @Nullable String topicText() {
    Object text = event.getExtension(Extensions.TOPIC_PATH);
    return text == null ? null : text.toString();
  }

  /** One of {@link #attributes}; null if the event does not have it. */
  public @Nullable Object attribute(String name) {
    return attributes == null ? Attributes.one(event, name) : attributes.get(name);
  }

  /** Context and extension attributes by their CloudEvents names. */
  public Map<String, Object> attributes() {
    if (attributes == null) {
      attributes = Attributes.of(event);
    }
    return attributes;
  }

  /**
   * The event's data as maps, lists, strings, booleans and {@code BigDecimal}; null if it has none
   * or some that is not JSON.
   *
   * @throws UnreadableDataException if it calls itself JSON and is not
   */
  public @Nullable Object data() throws UnreadableDataException {
    if (!dataRead) {
      dataRead = true;
      read();
    }
    if (dataFailure != null) {
      throw dataFailure;
    }
    return data;
  }

  /** {@link #data}, or null if it cannot be read. */
  public @Nullable Object dataOrNull() {
    if (!dataRead) {
      dataRead = true;
      read();
    }
    return data;
  }

  /** Whether the data calls itself JSON and is not; known once it was asked for. */
  public boolean isUnreadable() {
    return dataFailure != null;
  }

  /** Whether the data, once read, has a field {@code event}, which then hides the attributes. */
  public boolean hasOwnEvent() {
    return ownEvent;
  }

  private void read() {
    CloudEventData carried = event.getData();
    if (carried == null || !JsonData.isJson(event.getDataContentType())) {
      return;
    }
    try {
      data = JsonValues.read(carried.toBytes());
      ownEvent = data instanceof Map<?, ?> fields && fields.containsKey("event");
    } catch (UnreadableDataException e) {
      dataFailure = e;
    }
  }
}
