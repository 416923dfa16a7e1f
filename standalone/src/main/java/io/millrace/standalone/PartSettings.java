package io.millrace.standalone;

import java.util.HashMap;
import java.util.Map;

/**
 * Settings that are handed on to the parts as they are; names are without the part's prefix.
 *
 * @param broker Kafka broker settings
 * @param connect Connect worker settings
 * @param router as in {@code router.properties}
 * @param gateway as in {@code gateway.properties}
 */
public record PartSettings(
    Map<String, String> broker,
    Map<String, String> connect,
    Map<String, String> router,
    Map<String, String> gateway) {

  public static final PartSettings NONE = of(Map.of());

  /** Settings that flags decide, and by which flag. */
  static final Map<String, String> FLAGS =
      Map.ofEntries(
          Map.entry("broker.log.dirs", "data"),
          Map.entry("connect.listeners", "connect-port"),
          Map.entry("connect.plugin.path", "plugins"),
          Map.entry("gateway.http.bind", "bind"),
          Map.entry("gateway.http.port", "port"),
          Map.entry("gateway.system.emitters.dir", "system-emitters"),
          Map.entry("gateway.connect.urls", "connect-port"),
          Map.entry("gateway.bootstrap.servers", "kafka-port"),
          Map.entry("router.bootstrap.servers", "kafka-port"),
          Map.entry("connect.bootstrap.servers", "kafka-port"),
          Map.entry("gateway.management.port", "management-port"),
          Map.entry("router.management.port", "management-port"));

  public PartSettings {
    broker = Map.copyOf(broker);
    connect = Map.copyOf(connect);
    router = Map.copyOf(router);
    gateway = Map.copyOf(gateway);
  }

  /** Sorts settings by their prefix: {@code broker.}, {@code connect.} and so on. */
  static PartSettings of(Map<String, String> all) {
    return new PartSettings(
        under("broker.", all),
        under("connect.", all),
        under("router.", all),
        under("gateway.", all));
  }

  /** Whether the gateway is told who may sign in, so that there is no default user. */
  boolean setsUsers() {
    return gateway.containsKey("auth.users.file") || gateway.containsKey("auth.jwt.jwks.url");
  }

  static boolean owns(String name) {
    return name.matches("(broker|connect|router|gateway)\\..+");
  }

  private static Map<String, String> under(String prefix, Map<String, String> all) {
    Map<String, String> found = new HashMap<>();
    all.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), value);
          }
        });
    return found;
  }
}
