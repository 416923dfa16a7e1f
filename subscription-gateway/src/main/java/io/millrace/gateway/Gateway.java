package io.millrace.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.http.HttpServer;
import io.millrace.gateway.http.ListenException;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.RequestMetrics;
import io.millrace.gateway.http.socket.Sockets;
import io.millrace.management.Health;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The running gateway. */
public final class Gateway implements AutoCloseable {

  private final Parts parts;
  private final Foundation base;
  private final Apis apis;
  private final HttpServer server;

  private Gateway(GatewayConfig config, MeterRegistry registry, Parts parts)
      throws GatewayStartException, InterruptedException {
    this.parts = parts;
    refuseDefaultsOutside(config);
    base = new Foundation(config, registry, parts);
    apis = new Apis(config, registry, base, parts);
    RequestMetrics metrics = new RequestMetrics(registry);
    Sockets sockets =
        new Sockets(config.sockets(), config.http(), apis.sockets(), metrics, registry);
    List<Mount> mounts = new ArrayList<>(apis.mounts());
    mounts.addAll(sockets.plain());
    try {
      server = parts.add(HttpServer.start(config.http(), mounts, sockets, metrics));
    } catch (ListenException e) {
      throw new GatewayStartException("The gateway " + e.getMessage(), e);
    }
    // Closed first, lest the server wait for polls that wait.
    parts.add(base.subscriptions::stopPolls);
  }

  /**
   * Returns when requests are served: users are read, the streams' topics exist, the port is open.
   *
   * @throws GatewayStartException with one sentence for a person
   * @throws InterruptedException if interrupted while the broker works
   */
  public static Gateway start(GatewayConfig config, MeterRegistry registry)
      throws GatewayStartException, InterruptedException {
    Parts parts = new Parts();
    try {
      return new Gateway(config, registry, parts);
    } catch (GatewayStartException | InterruptedException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  private static void refuseDefaultsOutside(GatewayConfig config) throws GatewayStartException {
    String bind = config.http().bind();
    try {
      if (config.auth().defaultCredentials() && !InetAddress.getByName(bind).isLoopbackAddress()) {
        throw new GatewayStartException(
            "The gateway does not listen on "
                + bind
                + " while everybody knows its password: set auth.users.file or auth.jwt.jwks.url,"
                + " or http.bind=127.0.0.1");
      }
    } catch (UnknownHostException e) {
      throw new GatewayStartException("http.bind is no address of this machine: " + bind, e);
    }
  }

  /** The port that requests are served on. */
  public int port() {
    return server.port();
  }

  /** What is served by REST, by method and path. */
  List<String> served() {
    return apis.served();
  }

  /** How the gateway is; known at once. */
  public Health health() {
    boolean serving = server.running();
    Map<String, String> states = new LinkedHashMap<>();
    states.put("http", serving ? "serving" : "stopped");
    if (server.tlsState() != null) {
      states.put("tls", server.tlsState());
    }
    return base.health(serving, states);
  }

  /** Takes no more requests, answers those in flight, and lets go of everything. */
  @Override
  public void close() {
    parts.close();
  }
}
