package io.millrace.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * What an {@link EmbeddedBroker} is started with.
 *
 * @param dataFolder holds all of its state; the same folder goes on where it stopped
 * @param listen where clients connect
 * @param settings broker settings that win over the built-in ones
 */
public record BrokerOptions(Path dataFolder, Endpoint listen, Map<String, String> settings) {

  public BrokerOptions {
    dataFolder = dataFolder.toAbsolutePath().normalize();
    settings = Map.copyOf(settings);
  }

  /** A broker on a loopback port that the system chooses. */
  public static BrokerOptions in(Path dataFolder) {
    return new BrokerOptions(dataFolder, Endpoint.loopback(0), Map.of());
  }

  public BrokerOptions withListen(Endpoint other) {
    return new BrokerOptions(dataFolder, other, settings);
  }

  public BrokerOptions withSettings(Map<String, String> other) {
    return new BrokerOptions(dataFolder, listen, other);
  }
}
