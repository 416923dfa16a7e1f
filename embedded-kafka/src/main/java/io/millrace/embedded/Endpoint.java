package io.millrace.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where a server listens.
 *
 * @param host name or address to bind
 * @param port 0 for one that the system chooses
 */
public record Endpoint(String host, int port) {

  private static final String LOOPBACK = "127.0.0.1";

  public Endpoint {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not in 0 to 65535");
    }
  }

  /** A port on this machine only. */
  public static Endpoint loopback(int port) {
    return new Endpoint(LOOPBACK, port);
  }

  /** The same host with another port. */
  public Endpoint withPort(int other) {
    return new Endpoint(host, other);
  }

  /**
   * Returns when this endpoint can be bound now; an ephemeral one always can.
   *
   * @param user who wants the port, as the message should call it
   * @throws StartRefusedException if the port is taken, or the host is none of this machine's
   */
  public void requireFree(String user) {
    if (port == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (UnknownHostException e) {
      throw new StartRefusedException(
          "Cannot listen on " + host + ": no such host (wanted by " + user + ").", e);
    } catch (IOException e) {
      throw new StartRefusedException(
          "Cannot listen on " + this + ": " + e.getMessage() + " (wanted by " + user + ").", e);
    }
  }

  /**
   * A port that nobody listens on at this moment, or this very endpoint if its port is set.
   *
   * @throws StartRefusedException if the host cannot be listened on
   */
  public Endpoint resolved() {
    if (port != 0) {
      return this;
    }
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return withPort(probe.getLocalPort());
    } catch (IOException e) {
      throw new StartRefusedException("Cannot listen on " + host + ": " + e.getMessage() + ".", e);
    }
  }

  /** {@code host:port}, with IPv6 addresses in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
