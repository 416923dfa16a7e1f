package io.millrace.standalone;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * Where this program is, and where it keeps state unless told otherwise.
 *
 * @param home has {@code plugins} in it
 * @param data the default of {@code --data}
 */
record Installation(Path home, Path data) {

  /** The same program with its state in another folder, beside the default one. */
  Installation forDemo() {
    return new Installation(home, data.resolveSibling(data.getFileName() + "-demo"));
  }

  /**
   * As the launcher script says in {@code millrace.home}, and the user in {@code MILLRACE_DATA}.
   */
  static Installation of(Properties system, Map<String, String> environment) {
    Path home = Path.of(system.getProperty("millrace.home", ""));
    String data = environment.getOrDefault("MILLRACE_DATA", "");
    return new Installation(home, data.isEmpty() ? home.resolve("data") : Path.of(data));
  }
}
