package io.millrace.emitter.audit;

import io.millrace.embedded.ConnectOptions;
import io.millrace.fixtures.ConnectFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/** A Connect worker in a process of its own, which can be killed. */
final class WorkerProcess implements AutoCloseable {

  private final Process process;

  private WorkerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the process; when it is killed and started again the connector goes on.
   *
   * @param folder holds {@code plugins} and {@code connector.properties}
   */
  static WorkerProcess start(String bootstrap, String group, Path folder) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            WorkerProcess.class.getName(),
            bootstrap,
            group,
            folder.toString());
    return new WorkerProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[2]);
    Properties properties = new Properties();
    try (InputStream file = Files.newInputStream(folder.resolve("connector.properties"))) {
      properties.load(file);
    }
    Map<String, String> config = new HashMap<>();
    properties.forEach((key, value) -> config.put("" + key, "" + value));
    ConnectFixture worker =
        ConnectFixture.start(
            ConnectOptions.of(arguments[0], folder.resolve("plugins"), arguments[1]));
    worker.put(config.get("name"), config);
    new CountDownLatch(1).await();
  }
}
