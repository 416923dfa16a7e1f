package io.millrace.emitter.file;

import io.millrace.emitter.task.EmitterKind;
import io.millrace.emitter.task.EventConfig;
import io.millrace.model.emitter.EmitterType;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** What a File emitter is told by connector configuration. */
final class FileConfig {

  static final EmitterKind KIND =
      new EmitterKind(
          EmitterType.FILE,
          FileConfig::parameters,
          FileSettings.DEF,
          FileConfig::outlet,
          (props, parameters) -> FileSettings.checkPath(props));

  private FileConfig() {}

  private static FileOutlet outlet(Map<String, String> props) {
    FileSettings settings = new FileSettings(props);
    return new FileOutlet(Clock.system(settings.zone()), settings.baseFolder());
  }

  private static ConfigDef parameters() {
    ConfigDef def = new ConfigDef();
    def.define(
        "path",
        ConfigDef.Type.STRING,
        null,
        Importance.HIGH,
        "The file that events are appended to, on the worker's disk. Required in direct mode."
            + " Folders that are missing are created.",
        EmitterKind.PARAMETERS,
        1,
        Width.LONG,
        "Path");
    def.define(
        "rolling",
        ConfigDef.Type.BOOLEAN,
        false,
        Importance.MEDIUM,
        "A file a day, by time.zone and the time of writing: everything.log becomes"
            + " everything-2026-01-31.log.",
        EmitterKind.PARAMETERS,
        2,
        Width.SHORT,
        "Rolling");
    return EventConfig.addTo(def, 3);
  }
}
