package io.millrace.filter.predicate;

import io.millrace.filter.event.EventView;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a value stands in an event, such as {@code order.customer.id}: names as a FEEL expression
 * has them, of which a field of the event's data wins over {@code data} (all of the data) and
 * {@code event} (the attributes).
 */
public final class Path {

  /** The event's type, whatever its data says; what a filter's message types are compared with. */
  public static final Path TYPE = new Path(List.of(), null);

  private static final String DATA = "data";
  private static final String EVENT = "event";

  private final List<String> names;
  private final @Nullable String attribute;

  private Path(List<String> names, @Nullable String attribute) {
    this.names = names;
    this.attribute = attribute;
  }

  /** An attribute of the event, whatever its data says. */
  public static Path attribute(String name) {
    return new Path(List.of(), name);
  }

  /** A path of at least one name. */
  public static Path of(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a path needs a name");
    }
    return new Path(List.copyOf(names), null);
  }

  /**
   * Whether this class reads the path as FEEL does. It does not know the properties of dates and
   * times, which attributes can have ({@code event.time.year}) and data cannot.
   */
  public static boolean isReadable(List<String> names) {
    return names.size() < 3 || !names.get(0).equals(EVENT);
  }

  /**
   * The string, boolean, {@code BigDecimal}, or {@link Single} of one of these that stands there;
   * null for everything else, also if the data cannot be read.
   */
  public @Nullable Object read(EventView event) {
    if (names.isEmpty()) {
      return attribute == null ? event.type() : scalar(event.attribute(attribute));
    }
    Object data = event.dataOrNull();
    if (data == null && event.isUnreadable()) {
      return null;
    }
    String first = names.get(0);
    if (data instanceof Map<?, ?> fields) {
      Object field = fields.get(first);
      if (field != null) {
        return follow(field);
      }
      if (fields.containsKey(first)) {
        return null;
      }
    }
    if (first.equals(DATA)) {
      return follow(data);
    }
    return first.equals(EVENT) && names.size() == 2 ? scalar(event.attribute(names.get(1))) : null;
  }

  private @Nullable Object follow(@Nullable Object start) {
    Object value = start;
    boolean inList = false;
    for (int i = 1; i < names.size(); i++) {
      // A step into a list takes it in each element: one result if it has one element.
      if (value instanceof List<?> list) {
        if (inList || list.size() != 1) {
          return null;
        }
        inList = true;
        value = list.get(0);
      }
      if (!(value instanceof Map<?, ?> fields)) {
        return null;
      }
      value = fields.get(names.get(i));
    }
    if (value instanceof List<?> list) {
      if (inList || list.size() != 1) {
        return null;
      }
      inList = true;
      value = list.get(0);
    }
    Object scalar = scalar(value);
    return inList && scalar != null ? new Single(scalar) : scalar;
  }

  private static @Nullable Object scalar(@Nullable Object value) {
    return value instanceof String || value instanceof BigDecimal || value instanceof Boolean
        ? value
        : null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Path path
        && names.equals(path.names)
        && Objects.equals(attribute, path.attribute);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Objects.hashCode(attribute);
  }

  @Override
  public String toString() {
    return attribute == null ? String.join(".", names) : attribute;
  }
}
