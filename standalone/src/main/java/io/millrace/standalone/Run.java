package io.millrace.standalone;

import io.millrace.embedded.ProcessExit;
import java.io.PrintStream;
import org.apache.logging.log4j.LogManager;

/** One run of the process: start, banner, wait, stop. */
final class Run {

  private final StandaloneConfig config;

  Run(StandaloneConfig config) {
    this.config = config;
  }

  /** Returns the exit code, when everything has stopped. */
  int untilStopped(PrintStream out) throws InterruptedException {
    // Before the first logger is made, which reads it.
    System.setProperty("millrace.log.folder", config.logFolder().toString());
    StopRequest stop = new StopRequest();
    stop.listenToSignals();
    ProcessExit.onFailure(reason -> stop.failed());
    try (Standalone standalone = Standalone.start(config)) {
      out.println(new Banner(standalone).text());
      int exitCode = stop.await();
      out.println("Stopping.");
      return exitCode;
    } finally {
      LogManager.shutdown();
    }
  }
}
