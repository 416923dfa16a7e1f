package io.millrace.standalone;

import io.millrace.embedded.Endpoint;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The command line's flags, for every command that starts the whole. */
final class Flags {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "All state: broker, offsets, logs. Default: MILLRACE_DATA, or 'data' beside this program.")
  @Nullable Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8021",
      description = "Gateway. Default: ${DEFAULT-VALUE}.")
  int port;

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      defaultValue = "9092",
      description = "Kafka, on loopback. Default: ${DEFAULT-VALUE}.")
  int kafkaPort;

  @Option(
      names = "--connect-port",
      paramLabel = "N",
      defaultValue = "8083",
      description = "Kafka Connect's REST API, on loopback. Default: ${DEFAULT-VALUE}.")
  int connectPort;

  @Option(
      names = "--management-port",
      paramLabel = "N",
      defaultValue = "8022",
      description = "Health and metrics, on loopback. Default: ${DEFAULT-VALUE}.")
  int managementPort;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Where the gateway listens. The other ports have no authentication, and stay on loopback."
              + " Default: ${DEFAULT-VALUE}.")
  String bind = "";

  @Option(
      names = "--system-emitters",
      paramLabel = "DIR",
      description = "Emitter definitions, watched. Default: 'system-emitters' in the data folder.")
  @Nullable Path systemEmitters;

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Connect plug-ins, one folder each. Default: 'plugins' beside this program.")
  @Nullable Path plugins;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Properties: flags without their dashes, which flags given here win over, and settings"
              + " for the parts: broker.*, connect.*, router.*, gateway.*.")
  @Nullable Path config;

  /**
   * @throws IllegalArgumentException if a port cannot be one
   */
  StandaloneConfig toConfig(Installation installation, PartSettings settings) {
    Path folder = data == null ? installation.data() : data;
    return new StandaloneConfig(
        folder,
        systemEmitters == null ? folder.resolve("system-emitters") : systemEmitters,
        plugins == null ? installation.home().resolve("plugins") : plugins,
        new Ports(
            new Endpoint(bind, port),
            Endpoint.loopback(kafkaPort),
            Endpoint.loopback(connectPort),
            Endpoint.loopback(managementPort)),
        settings);
  }
}
