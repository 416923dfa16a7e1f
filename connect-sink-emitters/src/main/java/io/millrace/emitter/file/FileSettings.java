package io.millrace.emitter.file;

import io.millrace.model.emitter.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Where files may be, and when a day begins: for all File emitters of a connector. */
final class FileSettings extends AbstractConfig {

  private static final String ZONE = "time.zone";
  private static final String BASE = "base.folder";
  private static final String PATH = "path";
  private static final String GROUP = "Files";

  static final ConfigDef DEF =
      new ConfigDef()
          .define(
              BASE,
              ConfigDef.Type.STRING,
              null,
              ConfigDef.LambdaValidator.with(FileSettings::checkFolder, () -> "a path"),
              Importance.MEDIUM,
              "Folder on the worker's disk that no file may leave, neither by its path nor by a"
                  + " link; relative paths begin there. Without one, files may be anywhere.",
              GROUP,
              1,
              Width.LONG,
              "Base folder")
          .define(
              ZONE,
              ConfigDef.Type.STRING,
              null,
              ConfigDef.LambdaValidator.with(
                  FileSettings::checkZone, () -> "a time zone such as Europe/Vienna, or UTC"),
              Importance.LOW,
              "Time zone in which a daily file begins; the worker's own by default.",
              GROUP,
              2,
              Width.MEDIUM,
              "Time zone",
              new Zones());

  FileSettings(Map<String, String> props) {
    super(DEF, props, false);
  }

  BaseFolder baseFolder() {
    String folder = getString(BASE);
    return folder == null ? BaseFolder.ANYWHERE : new BaseFolder(Path.of(folder));
  }

  ZoneId zone() {
    String zone = getString(ZONE);
    return zone == null ? ZoneId.systemDefault() : ZoneId.of(zone);
  }

  /** A path that leads out of the base folder by its text alone. */
  static List<Problem> checkPath(Map<String, String> props) {
    String base = props.get(BASE);
    String path = props.get(PATH);
    try {
      if (base != null && path != null && !new BaseFolder(Path.of(base)).contains(Path.of(path))) {
        return List.of(new Problem(PATH, "must be in " + BASE));
      }
    } catch (InvalidPathException e) {
      // Told at the key that has it.
    }
    return List.of();
  }

  private static void checkFolder(String name, @Nullable Object value) {
    try {
      if (value != null) {
        Path unused = Path.of(String.valueOf(value));
      }
    } catch (InvalidPathException e) {
      throw new ConfigException(name, value, "must be a path: " + e.getReason());
    }
  }

  private static void checkZone(String name, @Nullable Object value) {
    try {
      if (value != null) {
        ZoneId unused = ZoneId.of(String.valueOf(value));
      }
    } catch (DateTimeException e) {
      throw new ConfigException(name, value, "must be a time zone such as Europe/Vienna, or UTC");
    }
  }

  /** The zones that this Java knows by name. */
  private static final class Zones implements ConfigDef.Recommender {
    @Override
    public List<Object> validValues(String name, Map<String, Object> config) {
      return List.copyOf(new TreeSet<>(ZoneId.getAvailableZoneIds()));
    }

    @Override
    public boolean visible(String name, Map<String, Object> config) {
      return true;
    }
  }
}
