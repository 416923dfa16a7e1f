package io.millrace.gateway.http;

import io.millrace.gateway.http.tls.ServerTls;
import io.millrace.gateway.http.tls.TlsConfig;
import io.millrace.gateway.http.tls.TlsException;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The gateway's one HTTP server. No request holds a thread while it waits. */
public final class HttpServer implements AutoCloseable {

  private static final int MAX_HEADER_BYTES = 32 * 1024;

  private final Server server;
  private final ServerConnector connector;

  private final @Nullable ServerTls tls;

  private HttpServer(Server server, ServerConnector connector, @Nullable ServerTls tls) {
    this.server = server;
    this.connector = connector;
    this.tls = tls;
  }

  /**
   * Returns when the port is open.
   *
   * @throws ListenException if the address or port cannot be listened on, or TLS cannot be spoken
   */
  public static HttpServer start(HttpConfig config, List<Mount> mounts, RequestMetrics metrics)
      throws ListenException {
    return start(config, mounts, new Handler.Wrapper(), metrics);
  }

  /**
   * As above, with a handler in front that may take requests before they are routed.
   *
   * @throws ListenException if the address or port cannot be listened on, or TLS cannot be spoken
   */
  public static HttpServer start(
      HttpConfig config, List<Mount> mounts, Handler.Wrapper front, RequestMetrics metrics)
      throws ListenException {
    ServerTls tls = tls(config.tls());
    QueuedThreadPool threads = new QueuedThreadPool(config.threads(), 4);
    threads.setName("millrace-http");
    Server server = new Server(threads);
    ServerConnector connector = connector(server, config, tls);
    server.addConnector(connector);
    ErrorShape errors = new ErrorEnvelope();
    // Waits for requests in flight while the server stops.
    front.setHandler(new Routes(mounts, config, errors, metrics));
    server.setHandler(new GracefulHandler(config.origins().inFrontOf(front)));
    server.setErrorHandler(new UnroutedErrors(errors));
    server.setStopTimeout(config.stopTimeout().toMillis());
    try {
      server.start();
    } catch (IOException e) {
      stop(server, tls);
      throw new ListenException(
          "cannot listen on " + config.bind() + " port " + config.port() + ": " + reason(e), e);
    } catch (Exception e) {
      stop(server, tls);
      throw new IllegalStateException("the HTTP server did not start", e);
    }
    return new HttpServer(server, connector, tls);
  }

  private static @Nullable ServerTls tls(@Nullable TlsConfig config) throws ListenException {
    try {
      return config == null ? null : ServerTls.follow(config);
    } catch (TlsException e) {
      throw new ListenException("cannot speak TLS: " + e.getMessage(), e);
    }
  }

  private static ServerConnector connector(
      Server server, HttpConfig config, @Nullable ServerTls tls) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    if (config.trustForwarded()) {
      http.addCustomizer(new ForwardedRequestCustomizer());
    }
    ServerConnector connector = new ServerConnector(server, 1, -1, protocols(http, tls));
    connector.setHost(config.bind());
    connector.setPort(config.port());
    connector.setIdleTimeout(config.idleTimeout().toMillis());
    connector.setAcceptQueueSize(1024);
    return connector;
  }

  private static ConnectionFactory[] protocols(HttpConfiguration http, @Nullable ServerTls tls) {
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    if (tls == null) {
      return new ConnectionFactory[] {plain};
    }
    // There is one certificate, whatever name the gateway is called by.
    http.addCustomizer(new SecureRequestCustomizer(false));
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls.factory(), plain.getProtocol()), plain
    };
  }

  private static String reason(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  /** The port that is listened on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** How TLS is, for health; null if it is not spoken. */
  public @Nullable String tlsState() {
    return tls == null ? null : tls.state();
  }

  /** Whether requests are served. */
  public boolean running() {
    return server.isRunning();
  }

  /** Takes no more requests, waits for those in flight, and stops. */
  @Override
  public void close() {
    stop(server, tls);
  }

  private static void stop(Server server, @Nullable ServerTls tls) {
    if (tls != null) {
      tls.close();
    }
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server did not stop", e);
    }
  }
}
