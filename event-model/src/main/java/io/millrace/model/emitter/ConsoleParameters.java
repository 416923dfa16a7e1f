package io.millrace.model.emitter;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a Console emitter is told. Source: Trisotech DES, Console emitter.
 *
 * @param logPrefix beginning of the logger's name, {@code event.} by default; only for the log
 * @param level of the log entry, INFO by default; only for the log
 * @param prettyPrint whether JSON is laid out for people
 */
public record ConsoleParameters(
    Output output, String logPrefix, Level level, boolean prettyPrint, EventOverrides overrides)
    implements EmitterParameters {

  public static final String DEFAULT_LOG_PREFIX = "event.";

  /** Standard output, standard error, or the logging system. */
  public enum Output {
    OUT,
    ERR,
    LOG
  }

  /** Levels by the names of {@code java.util.logging}, as the source has them. */
  public enum Level {
    SEVERE,
    WARNING,
    INFO,
    FINE
  }

  static ConsoleParameters read(ParameterReader reader) throws InvalidDefinitionException {
    Output output = reader.choice("output", Output.class, Output.OUT);
    String logPrefix = reader.text("logPrefix", DEFAULT_LOG_PREFIX);
    ConsoleParameters parameters =
        new ConsoleParameters(
            output,
            logPrefix,
            reader.choice("level", Level.class, Level.INFO),
            reader.flag("prettyPrint"),
            EventOverrides.read(reader));
    reader.finish();
    return parameters;
  }

  @Override
  public EmitterType type() {
    return EmitterType.CONSOLE;
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("output", output.name().toLowerCase(Locale.ROOT));
    map.put("logPrefix", logPrefix);
    map.put("level", level.name());
    map.put("prettyPrint", prettyPrint);
    overrides.write(map);
    return map;
  }
}
