package io.millrace.model.config;

import java.util.Comparator;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/**
 * A configuration as a Markdown table: required keys first, then in the order of their definition.
 * The pages under {@code docs/reference} are made of it, so they cannot say what the code does not.
 */
public final class ConfigReference {

  private static final String HEADER =
      """
      | key | type | default | allowed | what it is |
      |---|---|---|---|---|
      """;

  private ConfigReference() {}

  /** The table, ended by a line feed; internal keys are left out. */
  public static String markdown(ConfigDef definition) {
    StringBuilder table = new StringBuilder(HEADER);
    // The keys come in the order of their definition, which a stable sort keeps.
    definition.configKeys().values().stream()
        .filter(key -> !key.internalConfig)
        .sorted(Comparator.comparing(ConfigKey::hasDefault))
        .forEach(key -> table.append(row(key)));
    return table.toString();
  }

  private static String row(ConfigKey key) {
    String type = key.type.name().toLowerCase(Locale.ROOT);
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(key.name, type, defaultOf(key), allowed(key), escaped(key.documentation));
  }

  private static String defaultOf(ConfigKey key) {
    if (!key.hasDefault()) {
      return "required";
    }
    if (key.defaultValue == null) {
      return "none";
    }
    String text = ConfigDef.convertToString(key.defaultValue, key.type);
    if (text.isEmpty()) {
      return "empty";
    }
    return key.type == ConfigDef.Type.PASSWORD ? "hidden" : "`" + escaped(text) + "`";
  }

  private static String allowed(ConfigKey key) {
    return key.validator == null ? "" : escaped(key.validator.toString());
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("\n", " ").strip();
  }
}
