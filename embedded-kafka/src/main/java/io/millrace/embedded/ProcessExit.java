package io.millrace.embedded;

import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's servers end their process when they fail, and hook into its shutdown. Here neither is
 * theirs to do: others live in this JVM, and whoever started them stops them in order. Set for the
 * whole JVM, since Kafka keeps it so.
 */
public final class ProcessExit {

  private static final Logger LOG = LoggerFactory.getLogger(ProcessExit.class);

  private static volatile Consumer<String> listener = reason -> {};

  private ProcessExit() {}

  /**
   * Names who is told when a part of Kafka has failed for good and would end the process. Called on
   * the failing thread, which dies afterwards: the listener must not wait for it.
   */
  public static void onFailure(Consumer<String> told) {
    listener = told;
  }

  static void disarm() {
    Exit.setShutdownHookAdder((name, hook) -> {});
    Exit.setExitProcedure(ProcessExit::failed);
    Exit.setHaltProcedure(ProcessExit::failed);
  }

  private static void failed(int status, String message) {
    String reason = "Kafka gave up with status " + status + (message == null ? "" : ": " + message);
    LOG.error(reason);
    listener.accept(reason);
    throw new IllegalStateException(reason);
  }
}
