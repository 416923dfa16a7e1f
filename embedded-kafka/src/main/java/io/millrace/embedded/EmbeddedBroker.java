package io.millrace.embedded;

import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this JVM, its own controller, with its state in one folder. Topics are
 * never created by use.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private final FolderLock lock;
  private final BrokerNode node;
  private final Endpoint endpoint;

  private EmbeddedBroker(FolderLock lock, BrokerNode node, Endpoint endpoint) {
    this.lock = lock;
    this.node = node;
    this.endpoint = endpoint;
  }

  /**
   * Starts a broker, and returns when it serves.
   *
   * @throws StartRefusedException if the folder is in use or the port is taken
   * @throws IllegalStateException if the broker fails for another reason, which is the cause
   */
  public static EmbeddedBroker start(BrokerOptions options) {
    ProcessExit.disarm();
    FolderLock lock = FolderLock.acquire(options.dataFolder());
    BrokerNode node = null;
    try {
      options.listen().requireFree("the Kafka broker");
      StorageFolder.formatIfNew(BrokerSettings.logFolder(options));
      node = new BrokerNode(BrokerSettings.of(options));
      node.start();
      return new EmbeddedBroker(lock, node, options.listen().withPort(node.port()));
    } catch (StartRefusedException e) {
      release(node, lock);
      throw e;
    } catch (Exception e) {
      release(node, lock);
      throw new IllegalStateException("the embedded Kafka broker did not start", e);
    }
  }

  /** {@code host:port}, for Kafka's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return endpoint.toString();
  }

  /** Where clients connect, with the true port. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Whether it serves now; answers at once. */
  public boolean running() {
    return node.running();
  }

  /** Stops the broker and lets its folder go; returns when both is done. */
  @Override
  public void close() {
    release(node, lock);
  }

  private static void release(@Nullable BrokerNode node, FolderLock lock) {
    try (lock) {
      if (node != null) {
        node.stop();
      }
    }
  }
}
