package io.millrace.source.mmm;

import io.millrace.source.config.ConnectionConfig;
import io.millrace.source.config.IdentityConfig;
import io.millrace.source.config.RetryConfig;
import io.millrace.source.http.Authorization;
import io.millrace.source.http.Calls;
import io.millrace.source.http.Exchange;
import io.millrace.source.http.HttpClients;
import io.millrace.source.http.LaterException;
import io.millrace.source.http.RetryAfter;
import io.millrace.source.websocket.Handshake;
import io.millrace.source.websocket.HandshakeRefusedException;
import io.millrace.source.websocket.Limits;
import io.millrace.source.websocket.WebSocketClient;
import io.millrace.source.websocket.WebSocketConnection;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;

/** The ways to MMM, by configuration: over HTTP, and over WebSockets. */
final class MmmLink {

  // Whole messages that wait for the reader, beyond what the intake holds.
  private static final int AHEAD = 4;

  private final Calls calls;
  private final MmmCalls mmm;
  private final WebSocketClient sockets;
  private final Handshake handshake;
  private final Limits limits;

  MmmLink(MmmConfig config, Map<String, String> props, Clock clock) {
    ConnectionConfig connection = new ConnectionConfig(props);
    HttpClient http = HttpClients.of(connection);
    Exchange exchange = new Exchange(http);
    RetryAfter pause = new RetryAfter(clock, new RetryConfig(props).retryAfterMax());
    Duration timeout = connection.requestTimeout();
    Authorization authorization =
        Authorization.of(IdentityConfig.read(props), exchange, timeout, pause);
    calls = new Calls(exchange, authorization, timeout, pause);
    mmm = new MmmCalls(calls, config.urls().graphql(), config.subscriptionId());
    sockets = new WebSocketClient(http);
    handshake =
        new Handshake(
            config.urls().socket(),
            Map.of(),
            config.subprotocols().stream().map(Subprotocol::wireName).toList(),
            timeout);
    limits = new Limits(config.longestMessage(), AHEAD, config.idleTimeout());
  }

  MmmCalls calls() {
    return mmm;
  }

  Authorization authorization() {
    return calls.authorization();
  }

  /** How long MMM has to answer. */
  Duration timeout() {
    return calls.timeout();
  }

  /**
   * Opens a WebSocket; the subprotocol was chosen then, and nothing was said.
   *
   * @throws UnauthorizedException if MMM wants other credentials
   * @throws ConnectException if a person has to do something else
   */
  WebSocketConnection open() throws IOException, InterruptedException {
    try {
      return sockets.open(handshake, limits);
    } catch (HandshakeRefusedException e) {
      int status = e.status();
      if (status == 401 || status == 403) {
        throw new UnauthorizedException(String.valueOf(e.getMessage()));
      }
      if (status == 408 || status == 425 || status == 429 || status >= 500) {
        String header = e.headers().firstValue(RetryAfter.HEADER).orElse(null);
        throw new LaterException(String.valueOf(e.getMessage()), calls.pause().read(header));
      }
      String keys =
          status == 407
              ? ConnectionConfig.PROXY_USERNAME + " and " + ConnectionConfig.PROXY_PASSWORD
              : MmmConfig.URL + " and " + MmmConfig.SOCKET_PATH;
      throw new ConnectException(e.getMessage() + ": check " + keys, e);
    }
  }

  Session session(WebSocketConnection connection) {
    return new Session(connection, System::nanoTime);
  }
}
