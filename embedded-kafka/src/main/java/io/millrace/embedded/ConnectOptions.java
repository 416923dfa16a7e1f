package io.millrace.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * What an {@link EmbeddedConnect} is started with.
 *
 * @param bootstrapServers the Kafka cluster that it works for
 * @param listen where its REST API listens
 * @param pluginFolder holds one folder per plug-in, each loaded by a class loader of its own
 * @param group the worker's group, and the prefix of its three topics
 * @param settings worker settings that win over the built-in ones
 */
public record ConnectOptions(
    String bootstrapServers,
    Endpoint listen,
    Path pluginFolder,
    String group,
    Map<String, String> settings) {

  public ConnectOptions {
    pluginFolder = pluginFolder.toAbsolutePath().normalize();
    settings = Map.copyOf(settings);
    if (group.isBlank()) {
      throw new IllegalArgumentException("group is empty");
    }
  }

  /** A worker on a loopback port that the system chooses. */
  public static ConnectOptions of(String bootstrapServers, Path pluginFolder, String group) {
    return new ConnectOptions(
        bootstrapServers, Endpoint.loopback(0), pluginFolder, group, Map.of());
  }

  public ConnectOptions withListen(Endpoint other) {
    return new ConnectOptions(bootstrapServers, other, pluginFolder, group, settings);
  }

  public ConnectOptions withSettings(Map<String, String> other) {
    return new ConnectOptions(bootstrapServers, listen, pluginFolder, group, other);
  }
}
