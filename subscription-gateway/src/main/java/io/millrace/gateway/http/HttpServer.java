package io.millrace.gateway.http;

import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The gateway's one HTTP server. No request holds a thread while it waits. */
public final class HttpServer implements AutoCloseable {

  private static final int MAX_HEADER_BYTES = 32 * 1024;

  private final Server server;
  private final ServerConnector connector;

  private HttpServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Returns when the port is open.
   *
   * @throws ListenException if the address or port cannot be listened on
   */
  public static HttpServer start(HttpConfig config, List<Mount> mounts, RequestMetrics metrics)
      throws ListenException {
    return start(config, mounts, new Handler.Wrapper(), metrics);
  }

  /**
   * As above, with a handler in front that may take requests before they are routed.
   *
   * @throws ListenException if the address or port cannot be listened on
   */
  public static HttpServer start(
      HttpConfig config, List<Mount> mounts, Handler.Wrapper front, RequestMetrics metrics)
      throws ListenException {
    QueuedThreadPool threads = new QueuedThreadPool(config.threads(), 4);
    threads.setName("millrace-http");
    Server server = new Server(threads);
    ServerConnector connector = connector(server, config);
    server.addConnector(connector);
    ErrorShape errors = new ErrorEnvelope();
    // Waits for requests in flight while the server stops.
    front.setHandler(new Routes(mounts, config, errors, metrics));
    server.setHandler(new GracefulHandler(front));
    server.setErrorHandler(new UnroutedErrors(errors));
    server.setStopTimeout(config.stopTimeout().toMillis());
    try {
      server.start();
    } catch (IOException e) {
      stop(server);
      throw new ListenException(
          "cannot listen on " + config.bind() + " port " + config.port() + ": " + reason(e), e);
    } catch (Exception e) {
      stop(server);
      throw new IllegalStateException("the HTTP server did not start", e);
    }
    return new HttpServer(server, connector);
  }

  private static ServerConnector connector(Server server, HttpConfig config) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    if (config.trustForwarded()) {
      http.addCustomizer(new ForwardedRequestCustomizer());
    }
    ServerConnector connector = new ServerConnector(server, 1, -1, new HttpConnectionFactory(http));
    connector.setHost(config.bind());
    connector.setPort(config.port());
    connector.setIdleTimeout(config.idleTimeout().toMillis());
    connector.setAcceptQueueSize(1024);
    return connector;
  }

  private static String reason(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  /** The port that is listened on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Whether requests are served. */
  public boolean running() {
    return server.isRunning();
  }

  /** Takes no more requests, waits for those in flight, and stops. */
  @Override
  public void close() {
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop", e);
    }
  }
}
