package io.millrace.standalone;

import java.nio.file.Path;

/**
 * What a {@link Standalone} is started with.
 *
 * @param data holds all state; one process at a time
 * @param systemEmitters folder of emitter definitions, watched
 * @param plugins folder of Connect plug-ins, one folder each
 * @param ports where everything listens
 * @param settings what is handed on to the parts
 */
public record StandaloneConfig(
    Path data, Path systemEmitters, Path plugins, Ports ports, PartSettings settings) {

  public StandaloneConfig {
    data = data.toAbsolutePath().normalize();
    systemEmitters = systemEmitters.toAbsolutePath().normalize();
    plugins = plugins.toAbsolutePath().normalize();
  }

  /** Where identities are, and their key. */
  IdentityFolder identities() {
    return new IdentityFolder(data.resolve("identities"));
  }

  /** Where the log file is. */
  Path logFolder() {
    return data.resolve("log");
  }
}
