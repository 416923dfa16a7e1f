package io.millrace.standalone.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.SplittableRandom;

/** The demonstration: sample emitters, the endpoint of the sample webhook, a stream of events. */
public final class Demo implements AutoCloseable {

  private static final Duration BEAT = Duration.ofMillis(500);

  private final DemoReceiver receiver;

  private Demo(DemoReceiver receiver) {
    this.receiver = receiver;
  }

  /**
   * Opens the endpoint of the sample webhook; no emitter and no event yet.
   *
   * @param out where the endpoint prints what it receives
   * @throws IOException if no port can be opened
   */
  public static Demo open(PrintStream out) throws IOException {
    return new Demo(new DemoReceiver(out));
  }

  /**
   * Writes the sample emitters, of which one names this process's endpoint: only for a folder that
   * no other process serves.
   *
   * @param systemEmitters the folder that the gateway watches
   * @param logs where the sample file emitter writes
   * @throws UncheckedIOException if a file cannot be written
   */
  public void writeEmitters(Path systemEmitters, Path logs) {
    try {
      DemoEmitters.write(systemEmitters, logs, receiver.port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * From now on publishes events of the four kinds in turn, two a second.
   *
   * @param userAndPassword with a colon between
   * @return ends the publishing
   */
  public Runnable publishTo(URI gateway, String userAndPassword) {
    String credentials =
        Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    DemoEvents events = new DemoEvents(new SplittableRandom(), Clock.systemUTC());
    DemoPublisher publisher = new DemoPublisher(gateway, "Basic " + credentials, events);
    publisher.start(BEAT);
    return publisher::stop;
  }

  @Override
  public void close() {
    receiver.close();
  }
}
