package io.millrace.emitter.console;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;

/**
 * A logger for each type of event. Loggers are kept for ever and types are what publishers think
 * of: types beyond the first {@value #MOST} share the logger that the prefix names.
 */
final class TypeLoggers {

  static final int MOST = 1_000;

  private final String prefix;
  private final Function<String, Logger> loggers;
  private final Map<String, Logger> byType = new ConcurrentHashMap<>();

  TypeLoggers(String prefix, Function<String, Logger> loggers) {
    this.prefix = prefix;
    this.loggers = loggers;
  }

  Logger of(String type) {
    Logger known = byType.get(type);
    if (known != null) {
      return known;
    }
    return byType.size() < MOST
        ? byType.computeIfAbsent(type, any -> loggers.apply(prefix + printable(type)))
        : loggers.apply(prefix);
  }

  // A line break in a name would begin a line of its own in the log.
  private static String printable(String type) {
    return type.replaceAll("\\p{Cntrl}", "_");
  }
}
