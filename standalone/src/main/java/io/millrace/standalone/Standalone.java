package io.millrace.standalone;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.embedded.EmbeddedBroker;
import io.millrace.embedded.EmbeddedConnect;
import io.millrace.embedded.Endpoint;
import io.millrace.embedded.FolderLock;
import io.millrace.embedded.StartRefusedException;
import io.millrace.gateway.Gateway;
import io.millrace.gateway.GatewayConfig;
import io.millrace.gateway.GatewayStartException;
import io.millrace.management.ManagementServer;
import io.millrace.router.Router;
import io.millrace.router.RouterConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.EnumSet;
import org.apache.kafka.common.config.ConfigException;

/**
 * Broker, Connect worker, router and gateway in this JVM. The same code as apart, started in order
 * and stopped in order.
 */
public final class Standalone implements AutoCloseable {

  private final StandaloneConfig config;
  private final PartOptions options;
  private final RunningParts parts =
      new RunningParts(EnumSet.of(Part.BROKER, Part.CONNECT, Part.ROUTER, Part.GATEWAY));
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private volatile Endpoint gateway;
  private volatile Endpoint kafka;
  private volatile Endpoint connect;
  private volatile Endpoint management;

  private Standalone(StandaloneConfig config) {
    this.config = config;
    options = new PartOptions(config);
    gateway = config.ports().gateway();
    kafka = config.ports().kafka();
    connect = config.ports().connect();
    management = config.ports().management();
  }

  /**
   * Starts all parts, and returns when they serve. What has started is stopped if one does not.
   *
   * @throws StartRefusedException if the data folder is in use, ports are taken, or a part refuses
   *     its settings
   */
  public static Standalone start(StandaloneConfig config) throws InterruptedException {
    return start(config, () -> {});
  }

  /**
   * The same, with something of the caller's to be put into the folders.
   *
   * @param prepare is run once, when the folders are this process's own and before any part starts
   */
  static Standalone start(StandaloneConfig config, Runnable prepare) throws InterruptedException {
    Standalone standalone = new Standalone(config);
    try {
      standalone.startAll(prepare);
      return standalone;
    } catch (ConfigException e) {
      standalone.close();
      throw new StartRefusedException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException | RuntimeException e) {
      standalone.close();
      throw e;
    }
  }

  public StandaloneConfig config() {
    return config;
  }

  /** Where the gateway listens, with the true port. */
  public Endpoint gateway() {
    return gateway;
  }

  /** How this machine reaches the gateway. */
  public URI gatewayUrl() {
    boolean everywhere = new InetSocketAddress(gateway.host(), 0).getAddress().isAnyLocalAddress();
    String certificate = config.settings().gateway().getOrDefault("http.tls.certificate.file", "");
    return URI.create(
        (certificate.isBlank() ? "http://" : "https://")
            + (everywhere ? Endpoint.loopback(gateway.port()) : gateway));
  }

  /** Where Kafka listens, with the true port. */
  public Endpoint kafka() {
    return kafka;
  }

  /** Where Connect's REST API listens, with the true port. */
  public Endpoint connect() {
    return connect;
  }

  /** Where health and metrics are, with the true port. */
  public Endpoint management() {
    return management;
  }

  /** Stops gateway, router, Connect worker and broker, in this order. */
  @Override
  public void close() {
    parts.close();
  }

  private void startAll(Runnable prepare) throws InterruptedException {
    parts.add(Part.LOCK, FolderLock.acquire(config.data()));
    config.ports().requireFree();
    createFolders();
    prepare.run();
    startManagement();
    startBroker();
    // The gateway is told where Connect will listen, while both start.
    connect = connect.resolved();
    AtOnce.run(this::startConnect, this::startRouter, this::startGateway);
  }

  private void createFolders() {
    try {
      Files.createDirectories(config.systemEmitters());
      config.identities().prepare(System.getenv(), new SecureRandom());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void startManagement() {
    Endpoint wanted = config.ports().management();
    ManagementServer server =
        ManagementServer.start(new InetSocketAddress(wanted.host(), wanted.port()), metrics, parts);
    parts.add(Part.MANAGEMENT, server);
    management = wanted.withPort(server.port());
  }

  private void startBroker() {
    EmbeddedBroker broker = parts.add(Part.BROKER, EmbeddedBroker.start(options.broker()));
    parts.watch(Part.BROKER, RunningParts.upOrDown(Part.BROKER, broker::running));
    kafka = broker.endpoint();
  }

  private void startConnect() throws InterruptedException {
    EmbeddedConnect worker =
        parts.add(Part.CONNECT, EmbeddedConnect.start(options.connect(kafka, connect)));
    parts.watch(Part.CONNECT, RunningParts.upOrDown(Part.CONNECT, worker::running));
  }

  private void startRouter() throws InterruptedException {
    RouterConfig settings = new RouterConfig(options.router(kafka));
    Router router = parts.add(Part.ROUTER, Router.start(settings, metrics));
    parts.watch(Part.ROUTER, router::health);
  }

  private void startGateway() throws InterruptedException {
    try {
      GatewayConfig settings = new GatewayConfig(options.gateway(kafka, connect));
      Gateway started = parts.add(Part.GATEWAY, Gateway.start(settings, metrics));
      parts.watch(Part.GATEWAY, started::health);
      gateway = gateway.withPort(started.port());
    } catch (GatewayStartException e) {
      throw new StartRefusedException(String.valueOf(e.getMessage()), e);
    }
  }
}
