package io.millrace.source.websocket;

import io.millrace.source.http.ConnectFailure;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/** Opens WebSockets through a client for HTTP, whose proxy, TLS and authenticator hold for them. */
public final class WebSocketClient {

  private static final int UNAUTHORIZED = 401;
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  private final HttpClient http;
  private final LongSupplier nanos;

  /** Over a client that whoever made it keeps. */
  public WebSocketClient(HttpClient http) {
    this(http, System::nanoTime);
  }

  WebSocketClient(HttpClient http, LongSupplier nanos) {
    this.http = http;
    this.nanos = nanos;
  }

  /**
   * Opens a connection.
   *
   * @throws HandshakeRefusedException if the answer's status is another than 101
   * @throws IOException if there was no answer in time, or one that is none of a WebSocket
   * @throws InterruptedException if interrupted; a connection that still comes about is given up
   */
  public WebSocketConnection open(Handshake handshake, Limits limits)
      throws IOException, InterruptedException {
    Inbox inbox = new Inbox(limits, nanos);
    CompletableFuture<WebSocket> opening = begin(handshake, inbox);
    try {
      return new WebSocketConnection(opening.get(), inbox);
    } catch (InterruptedException e) {
      var unused = opening.thenAccept(WebSocket::abort);
      throw e;
    } catch (ExecutionException e) {
      throw failure(handshake.place(), e.getCause() == null ? e : e.getCause());
    }
  }

  private CompletableFuture<WebSocket> begin(Handshake handshake, Inbox inbox) {
    WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(handshake.timeout());
    handshake.headers().forEach(builder::header);
    List<String> offered = handshake.subprotocols();
    if (!offered.isEmpty()) {
      String[] others = offered.subList(1, offered.size()).toArray(String[]::new);
      builder.subprotocols(offered.get(0), others);
    }
    return builder.buildAsync(handshake.uri(), inbox);
  }

  private static IOException failure(String place, Throwable cause) {
    if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
      return new HandshakeRefusedException(
          place, refused.getResponse().statusCode(), refused.getResponse().headers(), cause);
    }
    int status = hiddenStatus(String.valueOf(cause.getMessage()));
    return status == 0
        ? new IOException(
            "no WebSocket could be opened to " + place + ": " + ConnectFailure.inWords(cause),
            cause)
        : new HandshakeRefusedException(
            place, status, HttpHeaders.of(Map.of(), (n, v) -> true), cause);
  }

  /**
   * A client with an authenticator, such as one for its proxy, hides a server's 401 and a proxy's
   * 407 behind an IOException of its own; only its words tell it from a lost connection.
   */
  private static int hiddenStatus(String said) {
    if (said.contains("header missing for response code 407")
        || said.contains("Proxy-Authenticate")) {
      return PROXY_AUTHENTICATION_REQUIRED;
    }
    boolean credentials =
        said.contains("header missing for response code 401")
            || said.contains("No credentials provided")
            || said.contains("too many authentication attempts");
    return credentials ? UNAUTHORIZED : 0;
  }
}
