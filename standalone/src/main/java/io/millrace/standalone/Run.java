package io.millrace.standalone;

import io.millrace.embedded.ProcessExit;
import io.millrace.embedded.StartRefusedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;

/** One run of the process: start, banner, wait, stop. */
final class Run {

  private static final String LOG_CONFIG = "log4j2.configurationFile";

  private final StandaloneConfig config;

  Run(StandaloneConfig config) {
    this.config = config;
  }

  /** To be called before the first logger is made, which reads the properties. */
  static void logTo(StandaloneConfig config) {
    System.setProperty("millrace.log.folder", config.logFolder().toString());
    if (System.getProperty(LOG_CONFIG) == null) {
      System.setProperty(LOG_CONFIG, "classpath:io/millrace/standalone/log4j2.properties");
    }
  }

  /**
   * Returns the exit code, when everything has stopped.
   *
   * @param prepare is run once, when the data folder is this process's own and before any part
   *     starts
   * @param whenReady is told once, after the banner; what it returns is run before anything stops
   */
  int untilStopped(PrintStream out, Runnable prepare, Function<Standalone, Runnable> whenReady)
      throws InterruptedException {
    createFolders();
    logTo(config);
    StopRequest stop = new StopRequest();
    stop.listenToSignals();
    ProcessExit.onFailure(reason -> stop.failed());
    try (Standalone standalone = Standalone.start(config, prepare)) {
      out.println(new Banner(standalone).text());
      Runnable whenStopping = whenReady.apply(standalone);
      int exitCode = stop.await();
      out.println("Stopping.");
      whenStopping.run();
      return exitCode;
    } finally {
      LogManager.shutdown();
    }
  }

  // Before the log is opened, which would show its failure to do so at length.
  private void createFolders() {
    try {
      Files.createDirectories(config.logFolder());
    } catch (IOException e) {
      throw new StartRefusedException(
          "The data folder " + config.data() + " cannot be written: " + e, e);
    }
  }
}
