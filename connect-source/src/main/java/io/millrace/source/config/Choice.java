package io.millrace.source.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A key with a few possible values, written in any case: checks them, and recommends them to
 * whoever fills in a form.
 */
public record Choice(List<String> values) implements ConfigDef.Validator, ConfigDef.Recommender {

  public Choice {
    values = List.copyOf(values);
  }

  /** The constants of an enum, in lower case. */
  public static Choice of(Class<? extends Enum<?>> type) {
    return new Choice(
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList());
  }

  /** The constant that a text names, in any case. */
  public static <E extends Enum<E>> E read(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }

  @Override
  public void ensureValid(String name, @Nullable Object value) {
    if (value != null && values.stream().noneMatch(String.valueOf(value)::equalsIgnoreCase)) {
      throw new ConfigException(name, value, "must be one of " + this);
    }
  }

  @Override
  public List<Object> validValues(String name, Map<String, Object> config) {
    return List.copyOf(values);
  }

  @Override
  public boolean visible(String name, Map<String, Object> config) {
    return true;
  }

  @Override
  public String toString() {
    return String.join(", ", values);
  }
}
