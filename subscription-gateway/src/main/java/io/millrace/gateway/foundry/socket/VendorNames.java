package io.millrace.gateway.foundry.socket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    return one(config, named(config, own, ENABLED, config::getBoolean));
  }

  static Duration pingInterval(AbstractConfig config, String own) {
    return one(
        config,
        named(
            config,
            own,
            PING,
            name ->
                name.equals(own)
                    ? Duration.ofMillis(config.getInt(name))
                    : Duration.ofSeconds(config.getInt(name))));
  }

  private record Named<T>(String name, T value) {}

  /** Those that are set, or our own with its default. */
  private static <T> List<Named<T>> named(
      AbstractConfig config, String own, List<String> others, Function<String, T> reader) {
    List<Named<T>> all = new ArrayList<>();
    for (String name : others) {
      if (config.originals().containsKey(name)) {
        all.add(new Named<>(name, reader.apply(name)));
      }
    }
    if (all.isEmpty() || config.originals().containsKey(own)) {
      all.add(new Named<>(own, reader.apply(own)));
    }
    return all;
  }

  private static <T> T one(AbstractConfig config, List<Named<T>> all) {
    Named<T> first = all.get(0);
    for (Named<T> each : all) {
      if (!each.value().equals(first.value())) {
        throw new ConfigException(
            first.name(),
            config.originals().get(first.name()),
            "must not differ from " + each.name() + ", which means the same");
      }
    }
    return first.value();
  }
}
