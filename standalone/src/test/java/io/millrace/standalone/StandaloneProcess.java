package io.millrace.standalone;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged standalone form, started by its launcher script as a process of its own. */
final class StandaloneProcess implements AutoCloseable {

  private static final Duration READY = Duration.ofMinutes(1);
  private static final Pattern GATEWAY = Pattern.compile("\\s*gateway\\s+(http://\\S+).*");
  private static final Pattern CONNECT = Pattern.compile("\\s*Connect\\s+(http://\\S+).*");
  private static final Pattern KAFKA = Pattern.compile("\\s*Kafka\\s+(\\S+:\\d+).*");

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();

  private StandaloneProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "standalone-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts on free ports and returns when the banner shows. */
  static StandaloneProcess start(String command, Path data, String... more) throws IOException {
    Path home = Path.of(System.getProperty("millrace.distribution"));
    List<String> line = new ArrayList<>();
    line.addAll(List.of("sh", home.resolve("bin/millrace").toString(), command));
    line.addAll(List.of("--data", data.toString(), "--port", "0", "--kafka-port", "0"));
    line.addAll(List.of("--connect-port", "0", "--management-port", "0"));
    line.addAll(List.of(more));
    StandaloneProcess started =
        new StandaloneProcess(new ProcessBuilder(line).redirectErrorStream(true).start());
    await().atMost(READY).until(() -> started.isReady() || !started.process.isAlive());
    if (!started.isReady()) {
      throw new IllegalStateException("did not start:\n" + String.join("\n", started.output));
    }
    return started;
  }

  URI gateway() {
    return URI.create(shown(GATEWAY));
  }

  /** Connect's REST API. */
  URI connect() {
    return URI.create(shown(CONNECT));
  }

  /** The broker, as clients name it. */
  String kafka() {
    return shown(KAFKA);
  }

  private String shown(Pattern pattern) {
    return output.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .findFirst()
        .orElseThrow();
  }

  /** What was printed so far, by either stream. */
  List<String> output() {
    return List.copyOf(output);
  }

  /** SIGKILL: no part is told. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("did not stop:\n" + String.join("\n", output));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private boolean isReady() {
    return output.stream().anyMatch(line -> line.contains("is ready"))
        && output.stream().anyMatch(line -> GATEWAY.matcher(line).matches());
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(output::add);
    } catch (IOException | UncheckedIOException e) {
      // The process is gone, and its output with it.
    }
  }
}
