package io.millrace.gateway.http.socket;

import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.http.socket.SocketEndpoint.Accepted;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.ExtensionConfig;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.WebSocketConstants;
import org.eclipse.jetty.websocket.core.server.Handshaker;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;

/** The handshake of RFC 6455, and how Jetty is told to treat a connection after it. */
final class Upgrade {

  private static final int INPUT_BUFFER = 4096;

  // Messages of up to a quarter of this are gathered here, while others follow at once; the buffer
  // is held only as long as that, or as the client does not take it.
  private static final int OUTPUT_BUFFER = 16_384;

  private static final String DEFLATE = "permessage-deflate";

  // Each message by itself, in both directions: else every client, whether it speaks or not, would
  // hold the memory of two windows.
  private static final List<ExtensionConfig> BY_ITSELF =
      List.of(
          ExtensionConfig.parse(
              DEFLATE + ";server_no_context_takeover;client_no_context_takeover"));

  private final WebSocketComponents components;
  private final Handshaker handshaker = Handshaker.newInstance();

  /** To be made while the server starts. */
  Upgrade(Server server, boolean compression) {
    components = WebSocketServerComponents.ensureWebSocketComponents(server);
    if (!compression) {
      components.getExtensionRegistry().unregister(DEFLATE);
    }
  }

  /**
   * Checks what Jetty would refuse without a word.
   *
   * @throws HttpProblem if the request cannot be upgraded
   */
  static void check(Request request) {
    String version = request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_VERSION);
    if (!WebSocketConstants.SPEC_VERSION_STRING.equals(version)) {
      throw HttpProblem.of(Trouble.MALFORMED, "Sec-WebSocket-Version", "must be 13")
          .with("Sec-WebSocket-Version", WebSocketConstants.SPEC_VERSION_STRING);
    }
    if (request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_KEY) == null) {
      throw HttpProblem.of(Trouble.MISSING, "Sec-WebSocket-Key", "is missing");
    }
    boolean asked =
        request.getHeaders().getCSV(HttpHeader.CONNECTION, false).stream()
            .anyMatch("upgrade"::equalsIgnoreCase);
    if (!asked || request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1) {
      throw HttpProblem.of(Trouble.MALFORMED, "Connection", "must be Upgrade, in HTTP/1.1");
    }
  }

  /** What the client offers, in its order. */
  static List<String> subprotocols(Request request) {
    return request.getHeaders().getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false);
  }

  /**
   * Makes the connection a WebSocket.
   *
   * @throws RuntimeException if it cannot; then nothing is answered yet
   */
  void perform(
      Accepted accepted,
      Place place,
      OpenSockets sockets,
      Request request,
      Response response,
      Callback callback) {
    WebSocketNegotiator negotiator =
        new WebSocketNegotiator() {
          @Override
          public FrameHandler negotiate(
              ServerUpgradeRequest asked, ServerUpgradeResponse answer, Callback unused) {
            if (accepted.subprotocol() != null) {
              answer.setAcceptedSubProtocol(accepted.subprotocol());
            }
            if (answer.getExtensions().stream().anyMatch(each -> each.getName().equals(DEFLATE))) {
              answer.setExtensions(BY_ITSELF);
            }
            return new FrameReader(accepted.listener(), place, sockets);
          }
        };
    if (!handshaker.upgradeRequest(
        negotiator, request, response, callback, components, Upgrade::configure)) {
      throw HttpProblem.of(Trouble.MALFORMED, "handshake", "is none of a WebSocket");
    }
  }

  private static void configure(Configuration connection) {
    connection.setIdleTimeout(Duration.ZERO); // Quiet clients are looked after by pings.
    connection.setInputBufferSize(INPUT_BUFFER);
    connection.setOutputBufferSize(OUTPUT_BUFFER);
    // Frames come in pieces as they arrive, and go as they are; messages are bounded by ours.
    connection.setMaxFrameSize(0);
    connection.setAutoFragment(true);
  }
}
