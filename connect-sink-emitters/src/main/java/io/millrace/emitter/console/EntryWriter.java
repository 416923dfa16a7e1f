package io.millrace.emitter.console;

import io.millrace.model.emitter.ConsoleParameters;
import java.io.PrintStream;
import java.util.function.Function;
import org.slf4j.Logger;

/** Where the entries of one Console emitter go. */
@FunctionalInterface
interface EntryWriter {

  void write(String eventType, String entry);

  static EntryWriter to(PrintStream stream) {
    return (eventType, entry) -> stream.println(entry);
  }

  /** The logger is named by the prefix and the event's type. */
  static EntryWriter toLog(
      String prefix, ConsoleParameters.Level level, Function<String, Logger> loggers) {
    TypeLoggers byType = new TypeLoggers(prefix, loggers);
    return (eventType, entry) -> {
      Logger logger = byType.of(eventType);
      switch (level) {
        case SEVERE -> logger.error("{}", entry);
        case WARNING -> logger.warn("{}", entry);
        case INFO -> logger.info("{}", entry);
        case FINE -> logger.debug("{}", entry);
      }
    };
  }
}
