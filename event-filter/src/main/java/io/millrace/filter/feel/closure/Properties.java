package io.millrace.filter.feel.closure;

import java.time.Duration;
import java.time.chrono.ChronoPeriod;
import java.time.temporal.TemporalAccessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.runtime.Range;
import org.kie.dmn.feel.util.EvalHelper;

/**
 * One step of a path. It enters contexts, and the properties that FEEL gives dates, times,
 * durations and ranges; on any other Java value the engine would look for a getter by reflection.
 */
final class Properties {

  /** There is no such property; not the same as one that is null. */
  static final Object ABSENT = new Object();

  private Properties() {}

  /** The property, or {@link #ABSENT}. */
  static @Nullable Object of(@Nullable Object value, String name) {
    if (value instanceof Map<?, ?> context) {
      return field(context, name);
    }
    if (value instanceof TemporalAccessor
        || value instanceof Duration
        || value instanceof ChronoPeriod
        || value instanceof Range) {
      EvalHelper.PropertyValueResult property = EvalHelper.getDefinedValue(value, name);
      return property.isDefined() ? property.getValueResult().getOrElse(null) : ABSENT;
    }
    return ABSENT;
  }

  /** The field of a context, or {@link #ABSENT}; one look-up. */
  // To read from, a map of anything is a map of objects.
  @SuppressWarnings("unchecked")
  static @Nullable Object field(Map<?, ?> context, String name) {
    return ((Map<?, @Nullable Object>) context).getOrDefault(name, ABSENT);
  }

  /** The property, null if there is none. */
  static @Nullable Object orNull(@Nullable Object value, String name) {
    Object property = of(value, name);
    return property == ABSENT ? null : property;
  }
}
