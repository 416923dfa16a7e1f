package io.millrace.filter.feel;

import io.millrace.filter.event.EventView;
import io.millrace.filter.event.UnreadableDataException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.impl.ExecutionFrame;
import org.kie.dmn.feel.lang.impl.RootExecutionFrame;

/** An event's variables as the engine looks them up, above the built-in functions. */
final class EventFrame implements ExecutionFrame {

  private static final String DATA = "data";
  private static final String EVENT = "event";

  private final EventView event;
  private final @Nullable Object data;
  private @Nullable Object root;

  private EventFrame(EventView event, @Nullable Object data) {
    this.event = event;
    this.data = data;
  }

  static EventFrame of(EventView event) throws UnreadableDataException {
    return new EventFrame(event, event.data());
  }

  @Override
  public @Nullable Object getValue(String name) {
    if (data instanceof Map<?, ?> fields && fields.containsKey(name)) {
      return fields.get(name);
    }
    return switch (name) {
      case DATA -> data;
      case EVENT -> event.attributes();
      default -> RootExecutionFrame.INSTANCE.getValue(name);
    };
  }

  @Override
  public boolean isDefined(String name) {
    return (data instanceof Map<?, ?> fields && fields.containsKey(name))
        || name.equals(DATA)
        || name.equals(EVENT)
        || RootExecutionFrame.INSTANCE.isDefined(name);
  }

  @Override
  public void setValue(String name, Object value) {
    throw new UnsupportedOperationException("an event does not change: " + name);
  }

  @Override
  public Map<String, @Nullable Object> getAllValues() {
    Map<String, @Nullable Object> all = new HashMap<>(RootExecutionFrame.INSTANCE.getAllValues());
    all.put(DATA, data);
    all.put(EVENT, event.attributes());
    if (data instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> all.put(String.valueOf(name), value));
    }
    return all;
  }

  @Override
  public void setRootObject(@Nullable Object root) {
    this.root = root;
  }

  @Override
  public @Nullable Object getRootObject() {
    return root;
  }
}
