package io.millrace.gateway.foundry.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/**
 * The names that settings have in Foundry's own configuration, of today and of when it was Kony's:
 * lines of its {@code middleware.properties} may be copied as they are.
 */
final class VendorNames {

  private static final List<String> PING =
      both("SERVER_EVENT_WEBSOCKET_PING_SCHEDULED_TIME_IN_SECONDS");
  private static final List<String> ENABLED = both("SERVER_CLIENT_EVENTS_ENABLED");

  // Nothing here has a pool of threads for pings.
  private static final List<String> THREADS =
      both("SERVER_EVENTS_WEBSOCKET_WORKER_THREAD_POOL_SIZE");

  private VendorNames() {}

  private static List<String> both(String name) {
    return List.of("VOLTMX_" + name, "KONY_" + name);
  }

  static ConfigDef define(ConfigDef def, String group, String enabled, String ping) {
    int order = 10;
    for (String name : ENABLED) {
      def.define(
          name,
          ConfigDef.Type.BOOLEAN,
          null,
          Importance.LOW,
          "A name that Foundry's configuration has for " + enabled + ".",
          group,
          order++,
          Width.SHORT,
          name);
    }
    for (String name : PING) {
      def.define(
          name,
          ConfigDef.Type.INT,
          null,
          ConfigDef.LambdaValidator.with(
              (key, value) -> {
                if (value != null) {
                  Range.between(1, 86_400).ensureValid(key, value);
                }
              },
              () -> "[1,...,86400]"),
          Importance.LOW,
          "A name that Foundry's configuration has for " + ping + ", but in seconds.",
          group,
          order++,
          Width.SHORT,
          name);
    }
    for (String name : THREADS) {
      def.define(
          name,
          ConfigDef.Type.INT,
          null,
          Importance.LOW,
          "Taken from Foundry's configuration, and of no effect: pings need no threads.",
          group,
          order++,
          Width.SHORT,
          name);
    }
    return def;
  }

  static boolean enabled(AbstractConfig config, String own) {
    return one(config, own, config.getBoolean(own), values(config, ENABLED, config::getBoolean));
  }

  static Duration pingInterval(AbstractConfig config, String own) {
    Map<String, Duration> others =
        values(config, PING, name -> Duration.ofSeconds(config.getInt(name)));
    return one(config, own, Duration.ofMillis(config.getInt(own)), others);
  }

  private static <T> Map<String, T> values(
      AbstractConfig config, List<String> names, Function<String, T> reader) {
    Map<String, T> values = new LinkedHashMap<>();
    names.stream()
        .filter(name -> config.originals().containsKey(name))
        .forEach(name -> values.put(name, reader.apply(name)));
    return values;
  }

  /** The one value that all names have which are set; our own counts only if it is. */
  private static <T> T one(AbstractConfig config, String own, T value, Map<String, T> others) {
    Map<String, T> set = new LinkedHashMap<>(others);
    if (others.isEmpty() || config.originals().containsKey(own)) {
      set.put(own, value);
    }
    List<String> names = new ArrayList<>(set.keySet());
    T first = set.get(names.get(0));
    for (String name : names) {
      if (!set.get(name).equals(first)) {
        throw new ConfigException(
            names.get(0),
            config.originals().get(names.get(0)),
            "must not differ from " + name + ", which means the same");
      }
    }
    return first;
  }
}
