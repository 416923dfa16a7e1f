package io.millrace.benchmarks.fanout;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The process of {@link Clients}. */
final class ClientProcess implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 300_000;

  private final Process process;
  private final BufferedReader lines;

  ClientProcess() throws IOException {
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Clients.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    lines = process.inputReader();
  }

  /**
   * What the clients have seen.
   *
   * @param lastNanos when the last message came, by the clock that all processes share
   * @param p50 nanoseconds from the time that a message bears
   * @param ended by the server's word, in distinction to broken ones
   */
  record Counted(
      long opened,
      long messages,
      long lastNanos,
      long p50,
      long p99,
      long refused,
      long broken,
      long lost,
      long ended) {}

  Counted tell(String command) throws IOException {
    process.outputWriter().append(command).append('\n').flush();
    String line = lines.readLine();
    if (line == null) {
      throw new EOFException("the clients' process has ended");
    }
    long[] n = Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    return new Counted(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
  }

  Counted await(Predicate<Counted> condition) throws IOException, InterruptedException {
    long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
    Counted counted = tell("count");
    while (!condition.test(counted) && System.currentTimeMillis() < deadline) {
      Thread.sleep(20);
      counted = tell("count");
    }
    return counted;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
