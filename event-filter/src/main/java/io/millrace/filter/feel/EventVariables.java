package io.millrace.filter.feel;

import io.millrace.filter.event.EventView;
import io.millrace.filter.event.UnreadableDataException;
import io.millrace.filter.feel.closure.Variables;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event's variables: the fields of its data, then {@code data} and {@code event}. */
final class EventVariables implements Variables {

  static final String DATA = "data";
  static final String EVENT = "event";

  private static final Object MISSING = new Object();

  private final EventView event;
  private final @Nullable Object data;
  private final Map<?, @Nullable Object> fields;

  // To read from, a map of anything is a map of objects.
  @SuppressWarnings("unchecked")
  private EventVariables(EventView event, @Nullable Object data) {
    this.event = event;
    this.data = data;
    this.fields = data instanceof Map<?, ?> map ? (Map<?, @Nullable Object>) map : Map.of();
  }

  static EventVariables of(EventView event) throws UnreadableDataException {
    return new EventVariables(event, event.data());
  }

  /** The event's data, whatever its fields are called. */
  @Nullable Object data() {
    return data;
  }

  @Override
  public @Nullable Map<String, Object> attributes() {
    return event.hasOwnEvent() ? null : event.attributes();
  }

  @Override
  public boolean has(String name) {
    return name.equals(DATA) || name.equals(EVENT) || fields.containsKey(name);
  }

  @Override
  public @Nullable Object get(String name) {
    Object field = fields.getOrDefault(name, MISSING);
    if (field != MISSING) {
      return field;
    }
    if (name.equals(EVENT)) {
      return event.attributes();
    }
    return name.equals(DATA) ? data : null;
  }
}
