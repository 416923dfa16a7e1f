package io.millrace.embedded;

import java.net.URI;
import java.nio.file.Files;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;

/**
 * A real distributed Kafka Connect worker in this JVM, alone in its group, with plug-ins isolated
 * from the class path and from each other.
 */
public final class EmbeddedConnect implements AutoCloseable {

  private final Connect<DistributedHerder> worker;
  private final URI url;

  private EmbeddedConnect(Connect<DistributedHerder> worker, URI url) {
    this.worker = worker;
    this.url = url;
  }

  /**
   * Starts a worker, and returns when it takes requests; its connectors may still be starting.
   *
   * @throws StartRefusedException if the port is taken or the plug-in folder is missing
   * @throws IllegalStateException if the worker fails, or is not ready within a minute
   * @throws InterruptedException if interrupted before it is ready; it is stopped then
   */
  public static EmbeddedConnect start(ConnectOptions options) throws InterruptedException {
    ProcessExit.disarm();
    if (!Files.isDirectory(options.pluginFolder())) {
      throw new StartRefusedException(
          "The plug-in folder " + options.pluginFolder() + " does not exist.");
    }
    options.listen().requireFree("Kafka Connect");
    EmbeddedConnect connect = launch(options);
    try {
      new ConnectHealth(connect.url).awaitReady();
      return connect;
    } catch (InterruptedException | RuntimeException e) {
      connect.close();
      throw e;
    }
  }

  /** The base of the worker's REST API, without a slash at the end. */
  public URI url() {
    return url;
  }

  /** Whether the worker's own thread is at work; answers at once. */
  public boolean running() {
    return !worker.herderTask().isDone();
  }

  /** Stops connectors, tasks and worker; returns when they have stopped. */
  @Override
  public void close() {
    worker.stop();
    worker.awaitStop();
  }

  private static EmbeddedConnect launch(ConnectOptions options) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // The worker tells others its port as configured, so an ephemeral one is chosen here.
    Endpoint listen = options.listen().resolved();
    try {
      Connect<DistributedHerder> worker =
          new ConnectDistributed().startConnect(ConnectSettings.of(options, listen));
      return new EmbeddedConnect(worker, URI.create("http://" + listen));
    } catch (RuntimeException e) {
      throw new IllegalStateException("the embedded Connect worker did not start", e);
    } finally {
      // Connect leaves its own class loader behind, which sees other classes than ours.
      thread.setContextClassLoader(before);
    }
  }
}
