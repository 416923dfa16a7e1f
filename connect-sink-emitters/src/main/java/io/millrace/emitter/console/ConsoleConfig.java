package io.millrace.emitter.console;

import io.millrace.emitter.task.Choice;
import io.millrace.emitter.task.EmitterKind;
import io.millrace.emitter.task.EventConfig;
import io.millrace.model.emitter.ConsoleParameters;
import io.millrace.model.emitter.EmitterType;
import java.util.Arrays;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.slf4j.LoggerFactory;

/** What a Console emitter is told by connector configuration. */
final class ConsoleConfig {

  static final EmitterKind KIND =
      new EmitterKind(
          EmitterType.CONSOLE,
          ConsoleConfig::parameters,
          new ConfigDef(),
          config -> new ConsoleOutlet(System.out, System.err, LoggerFactory::getLogger));

  private ConsoleConfig() {}

  private static ConfigDef parameters() {
    Choice output = Choice.of(ConsoleParameters.Output.class);
    Choice level =
        new Choice(Arrays.stream(ConsoleParameters.Level.values()).map(Enum::name).toList());
    ConfigDef def = new ConfigDef();
    def.define(
        "output",
        ConfigDef.Type.STRING,
        "out",
        output,
        Importance.HIGH,
        "Where events go: standard output, standard error, or the worker's log.",
        EmitterKind.PARAMETERS,
        1,
        Width.SHORT,
        "Output",
        output);
    def.define(
        "log.prefix",
        ConfigDef.Type.STRING,
        ConsoleParameters.DEFAULT_LOG_PREFIX,
        Importance.LOW,
        "Beginning of the logger's name, which the event's type completes. Only for the log.",
        EmitterKind.PARAMETERS,
        2,
        Width.MEDIUM,
        "Log prefix");
    def.define(
        "level",
        ConfigDef.Type.STRING,
        "INFO",
        level,
        Importance.LOW,
        "Level of the log entry. Only for the log; SEVERE, WARNING, INFO and FINE are the worker's"
            + " ERROR, WARN, INFO and DEBUG.",
        EmitterKind.PARAMETERS,
        3,
        Width.SHORT,
        "Level",
        level);
    return EventConfig.addTo(def, 4);
  }
}
