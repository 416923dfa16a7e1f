package io.millrace.standalone;

import io.millrace.embedded.StartRefusedException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A properties file with values for flags that are not given ({@code kafka-port=9093}), and
 * settings of the parts ({@code broker.log.retention.hours=24}).
 */
final class ConfigFile implements IDefaultValueProvider {

  private final Path file;
  private final Map<String, String> entries;

  private ConfigFile(Path file, Map<String, String> entries) {
    this.file = file;
    this.entries = entries;
  }

  /**
   * @throws StartRefusedException if it cannot be read
   */
  static ConfigFile read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartRefusedException("The file " + file + " cannot be read: " + e.getMessage(), e);
    }
    Map<String, String> entries = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> entries.put(name, properties.getProperty(name).trim()));
    return new ConfigFile(file, entries);
  }

  static ConfigFile none() {
    return new ConfigFile(Path.of(""), Map.of());
  }

  /**
   * @throws StartRefusedException if an entry is neither a flag nor a part's setting
   */
  void requireKnown(CommandSpec command) {
    for (String name : entries.keySet()) {
      String flag = PartSettings.FLAGS.get(name);
      if (flag != null) {
        throw new StartRefusedException(file + ": use '" + flag + "' in place of '" + name + "'");
      }
      if (!PartSettings.owns(name) && (command.findOption(name) == null || isNoFlag(name))) {
        throw new StartRefusedException(
            file
                + ": '"
                + name
                + "' is not known; it must be a flag without its dashes, or begin with"
                + " broker., connect., router. or gateway.");
      }
    }
  }

  PartSettings settings() {
    return PartSettings.of(entries);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option ? entries.get(name(option)) : null;
  }

  private static boolean isNoFlag(String name) {
    return name.equals("config") || name.equals("help") || name.equals("version");
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^--", "");
  }
}
