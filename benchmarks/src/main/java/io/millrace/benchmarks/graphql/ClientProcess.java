package io.millrace.benchmarks.graphql;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The process of {@link Clients}. */
final class ClientProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader lines;

  ClientProcess(int port, int count, String arguments, int acknowledgeEvery) throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Clients.class.getName(),
                    "" + port,
                    "" + count,
                    arguments,
                    "" + acknowledgeEvery))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    lines = process.inputReader();
  }

  /** What the clients have counted. */
  record Counted(long subscribed, long delivered, long acknowledged, long failed, String times) {}

  Counted ask(String what) throws IOException {
    process.outputWriter().append(what).append('\n').flush();
    String[] words = String.valueOf(lines.readLine()).split(" ", 5);
    return new Counted(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        words[4]);
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
