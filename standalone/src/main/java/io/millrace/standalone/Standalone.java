package io.millrace.standalone;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.ConnectOptions;
import io.millrace.embedded.EmbeddedBroker;
import io.millrace.embedded.EmbeddedConnect;
import io.millrace.embedded.Endpoint;
import io.millrace.embedded.FolderLock;
import io.millrace.embedded.StartRefusedException;
import io.millrace.gateway.Gateway;
import io.millrace.gateway.GatewayConfig;
import io.millrace.gateway.GatewayStartException;
import io.millrace.management.ManagementServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/**
 * Broker, Connect worker, router and gateway in this JVM. The same code as apart, started in order
 * and stopped in order.
 */
public final class Standalone implements AutoCloseable {

  private static final String CONNECT_GROUP = "millrace-connect";

  private final StandaloneConfig config;
  private final RunningParts parts =
      new RunningParts(EnumSet.of(Part.BROKER, Part.CONNECT, Part.GATEWAY));
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private Endpoint gateway;
  private Endpoint kafka;
  private URI connect;
  private Endpoint management;

  private Standalone(StandaloneConfig config) {
    this.config = config;
    this.gateway = config.ports().gateway();
    this.kafka = config.ports().kafka();
    this.connect = URI.create("http://" + config.ports().connect());
    this.management = config.ports().management();
  }

  /**
   * Starts all parts, and returns when they serve. What has started is stopped if one does not.
   *
   * @throws StartRefusedException if the data folder is in use or ports are taken
   */
  public static Standalone start(StandaloneConfig config) throws InterruptedException {
    Standalone standalone = new Standalone(config);
    try {
      standalone.startAll();
      return standalone;
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

  /** Where Kafka listens, with the true port. */
  public Endpoint kafka() {
    return kafka;
  }

  /** The base of Connect's REST API, with the true port. */
  public URI connect() {
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

  private void startAll() throws InterruptedException {
    parts.add(Part.LOCK, FolderLock.acquire(config.data()));
    config.ports().requireFree();
    createFolders();
    startManagement();
    startBroker();
    AtOnce.run(this::startConnect, this::startGateway);
  }

  private void createFolders() {
    try {
      Files.createDirectories(config.systemEmitters());
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
    EmbeddedBroker broker =
        EmbeddedBroker.start(
            BrokerOptions.in(config.data().resolve("kafka"))
                .withListen(config.ports().kafka())
                .withSettings(config.settings().broker()));
    parts.add(
        Part.BROKER,
        broker,
        () -> RunningParts.word(Part.BROKER, broker.running(), broker.running() ? "up" : "down"));
    kafka = broker.endpoint();
  }

  private void startConnect() throws InterruptedException {
    EmbeddedConnect worker =
        EmbeddedConnect.start(
            ConnectOptions.of(kafka.toString(), config.plugins(), CONNECT_GROUP)
                .withListen(config.ports().connect())
                .withSettings(config.settings().connect()));
    connect = worker.url();
    parts.add(
        Part.CONNECT,
        worker,
        () -> RunningParts.word(Part.CONNECT, worker.running(), worker.running() ? "up" : "down"));
  }

  private void startGateway() throws InterruptedException {
    Gateway started;
    try {
      started = Gateway.start(new GatewayConfig(gatewaySettings()), metrics);
    } catch (GatewayStartException | ConfigException e) {
      throw new StartRefusedException(String.valueOf(e.getMessage()), e);
    }
    parts.add(Part.GATEWAY, started, started::health);
    gateway = config.ports().gateway().withPort(started.port());
  }

  private Map<String, String> gatewaySettings() {
    Map<String, String> settings = new HashMap<>(config.settings().gateway());
    settings.put("bootstrap.servers", kafka.toString());
    settings.put("http.bind", config.ports().gateway().host());
    settings.put("http.port", Integer.toString(config.ports().gateway().port()));
    settings.put("connect.urls", connect.toString());
    settings.put("system.emitters.dir", config.systemEmitters().toString());
    return settings;
  }
}
