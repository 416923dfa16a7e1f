package io.millrace.management;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves {@code /health/live}, {@code /health/ready} and {@code /metrics} (Prometheus text), with a
 * few threads of its own so that a busy service still answers.
 */
public final class ManagementServer implements AutoCloseable {

  private static final int THREADS = 6;

  private final Server server;
  private final ServerConnector connector;

  private ManagementServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Returns when the port is open.
   *
   * @param address where to listen; port 0 takes any free one
   * @throws UncheckedIOException if the address cannot be listened on
   */
  public static ManagementServer start(
      InetSocketAddress address, PrometheusMeterRegistry registry, HealthCheck check) {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
    threads.setName("millrace-management");
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    server.addConnector(connector);
    server.setHandler(new ManagementHandler(registry, check));
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "management cannot listen on " + address.getHostString() + ":" + address.getPort(), e);
    } catch (Exception e) {
      throw new IllegalStateException("management did not start", e);
    }
    return new ManagementServer(server, connector);
  }

  /** The port that is listened on. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("management did not stop", e);
    }
  }
}
