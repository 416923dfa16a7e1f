package io.millrace.filter.cel;

import io.millrace.filter.event.EventView;
import io.millrace.filter.event.UnreadableDataException;
import io.millrace.model.acronis.AcronisAttributes;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CEL's variable {@code event}: an event with the properties that Acronis's API gives it. */
final class EventMap extends AbstractMap<String, Object> {

  private final EventView event;
  private final Budget budget;

  EventMap(EventView event, Budget budget) {
    this.event = event;
    this.budget = budget;
  }

  @Override
  public @Nullable Object get(Object key) {
    if (AcronisAttributes.DATA.equals(key)) {
      Object data = data();
      return data == null ? null : JsonView.of(data, budget);
    }
    Object value = attribute(key);
    return value == null ? null : JsonView.of(value, budget);
  }

  @Override
  public boolean containsKey(Object key) {
    return AcronisAttributes.DATA.equals(key) ? data() != null : attribute(key) != null;
  }

  /** Fails if it cannot be read: an expression must not take that for no data. */
  private @Nullable Object data() {
    try {
      return event.data();
    } catch (UnreadableDataException e) {
      throw new IllegalStateException("the event's data cannot be read", e);
    }
  }

  private @Nullable Object attribute(Object key) {
    String name = key instanceof String ? AcronisAttributes.BY_PROPERTY.get(key) : null;
    Object value = name == null ? null : event.attribute(name);
    return value instanceof ZonedDateTime time
        ? DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time)
        : value;
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (String name : AcronisAttributes.BY_PROPERTY.keySet()) {
      Object value = get(name);
      if (value != null) {
        all.put(name, value);
      }
    }
    Object data = get(AcronisAttributes.DATA);
    if (data != null) {
      all.put(AcronisAttributes.DATA, data);
    }
    return all.entrySet();
  }
}
