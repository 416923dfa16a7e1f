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

  private final EventView event;
  private final @Nullable Object data;
  private final Map<?, ?> fields;

  private EventVariables(EventView event, @Nullable Object data) {
    this.event = event;
    this.data = data;
    this.fields = data instanceof Map<?, ?> map ? map : Map.of();
  }

  static EventVariables of(EventView event) throws UnreadableDataException {
    return new EventVariables(event, event.data());
  }

  @Override
  public boolean has(String name) {
    return name.equals(DATA) || name.equals(EVENT) || fields.containsKey(name);
  }

  @Override
  public @Nullable Object get(String name) {
    Object field = fields.get(name);
    if (field != null || fields.containsKey(name)) {
      return field;
    }
    return switch (name) {
      case DATA -> data;
      case EVENT -> event.attributes();
      default -> null;
    };
  }
}
