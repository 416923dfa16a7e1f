package io.millrace.emitter.console;

import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.task.EmitterSpec;
import io.millrace.emitter.task.Outlet;
import io.millrace.model.emitter.ConsoleParameters;
import java.io.PrintStream;
import java.util.function.Function;
import org.slf4j.Logger;

/** The streams of this process, and its log. */
final class ConsoleOutlet implements Outlet {

  private final PrintStream out;
  private final PrintStream err;
  private final Function<String, Logger> loggers;

  ConsoleOutlet(PrintStream out, PrintStream err, Function<String, Logger> loggers) {
    this.out = out;
    this.err = err;
    this.loggers = loggers;
  }

  @Override
  public Emitter open(EmitterSpec spec) {
    ConsoleParameters console = (ConsoleParameters) spec.parameters();
    return new ConsoleEmitter(console, writer(console));
  }

  private EntryWriter writer(ConsoleParameters console) {
    return switch (console.output()) {
      case OUT -> EntryWriter.to(out);
      case ERR -> EntryWriter.to(err);
      case LOG -> EntryWriter.toLog(console.logPrefix(), console.level(), loggers);
    };
  }

  @Override
  public void close() {
    out.flush();
    err.flush();
  }
}
