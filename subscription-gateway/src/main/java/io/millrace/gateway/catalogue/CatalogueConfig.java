package io.millrace.gateway.catalogue;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/**
 * Where the catalogue is.
 *
 * @param file or folder; absent for the one that comes with the gateway
 * @param refresh between two looks at the file
 */
public record CatalogueConfig(@Nullable Path file, Duration refresh) {

  private static final String GROUP = "Catalogue";
  private static final String FILE = "catalogue.file";
  private static final String REFRESH = "catalogue.refresh.ms";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            FILE,
            ConfigDef.Type.STRING,
            "",
            Importance.MEDIUM,
            "File, YAML or JSON, with streams, topics and who may receive and publish on them,"
                + " message types, Acronis's topics and tenants; or a folder of such files, which"
                + " are one catalogue together. Without one: Acronis's topics of tenants and tasks,"
                + " and everybody may see everything.",
            GROUP,
            1,
            Width.LONG,
            FILE)
        .define(
            REFRESH,
            ConfigDef.Type.INT,
            2_000,
            Range.between(10, 3_600_000),
            Importance.LOW,
            "Milliseconds between looks whether the catalogue has changed. A broken one is"
                + " reported, and what was read before stays in force.",
            GROUP,
            2,
            Width.SHORT,
            REFRESH);
  }

  /** Reads the keys. */
  public static CatalogueConfig from(AbstractConfig config) {
    String file = config.getString(FILE);
    return new CatalogueConfig(
        file.isBlank() ? null : Path.of(file), Duration.ofMillis(config.getInt(REFRESH)));
  }
}
