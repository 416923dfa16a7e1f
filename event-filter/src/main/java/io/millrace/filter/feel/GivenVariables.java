package io.millrace.filter.feel;

import io.millrace.filter.feel.closure.Variables;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event's variables and others, of which no field of the event's data hides one.
 *
 * @param given by name
 */
record GivenVariables(
    Map<String, ? extends @Nullable Object> given,
    EventVariables event,
    Map<String, Object> attributes)
    implements Variables {

  @Override
  public boolean has(String name) {
    return given.containsKey(name) || event.has(name);
  }

  @Override
  public @Nullable Object get(String name) {
    if (given.containsKey(name)) {
      return given.get(name);
    }
    return switch (name) {
      case EventVariables.EVENT -> attributes;
      case EventVariables.DATA -> event.data();
      default -> event.get(name);
    };
  }
}
