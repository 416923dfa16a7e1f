package io.millrace.model.kafka;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.slf4j.Logger;

/** Keys of a configuration that have no effect, such as misspelled ones. */
public final class UnknownKeys {

  private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;

  private UnknownKeys() {}

  /**
   * Names them in one warning, if there are any.
   *
   * @param of whose configuration it is
   * @param passedOn whether a key that is not in the definition is read all the same
   */
  public static void warn(
      Logger log, String of, ConfigDef definition, Map<?, ?> settings, Predicate<String> passedOn) {
    Set<String> unknown = new TreeSet<>();
    settings.keySet().forEach(key -> unknown.add(String.valueOf(key)));
    unknown.removeAll(definition.names());
    unknown.removeIf(passedOn);
    // Kafka's own, for values that stand elsewhere.
    unknown.removeIf(key -> key.equals(PROVIDERS) || key.startsWith(PROVIDERS + "."));
    if (!unknown.isEmpty()) {
      log.warn("These are no keys of {} and have no effect: {}", of, unknown);
    }
  }
}
