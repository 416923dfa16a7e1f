package io.millrace.source.push;

import io.millrace.source.http.CredentialsRefusedException;
import io.millrace.source.http.LaterException;
import io.millrace.source.http.RetryAfter;
import io.millrace.source.websocket.Handshake;
import io.millrace.source.websocket.HandshakeRefusedException;
import io.millrace.source.websocket.Limits;
import io.millrace.source.websocket.WebSocketClient;
import io.millrace.source.websocket.WebSocketConnection;
import java.io.IOException;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections, and tells which refusals pass by themselves.
 *
 * @param pause reads what the server says of how long to wait
 */
public record Opening(WebSocketClient client, Limits limits, RetryAfter pause) {

  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_EARLY = 425;
  private static final int TOO_MANY_REQUESTS = 429;

  /**
   * Opens one.
   *
   * @param place where the server should go on from; null for now
   * @throws PlaceRefusedException if the server does not go on from there
   * @throws IOException if it does not work now
   * @throws ConnectException if a person is needed
   */
  WebSocketConnection open(PushProtocol protocol, @Nullable String place)
      throws IOException, InterruptedException {
    Handshake handshake = protocol.handshake(place);
    try {
      return client.open(handshake, limits);
    } catch (HandshakeRefusedException e) {
      String answer = handshake.place() + " answers " + e.status();
      if (e.status() == BAD_REQUEST && place != null) {
        throw new PlaceRefusedException(answer + ": it does not go on from where it was left", e);
      }
      switch (e.status()) {
        case UNAUTHORIZED -> protocol.refused(answer);
        case FORBIDDEN ->
            throw new CredentialsRefusedException(
                answer + ": check the identity's rights, and the URL", e);
        case REQUEST_TIMEOUT, TOO_EARLY, TOO_MANY_REQUESTS -> throw later(answer, e);
        case PROXY_AUTHENTICATION_REQUIRED ->
            throw new ConnectException(answer + ": check proxy.username and proxy.password", e);
        default -> {
          if (e.status() >= 500) {
            throw later(answer, e);
          }
          throw new ConnectException(answer + " to the WebSocket's handshake: check the URL", e);
        }
      }
      throw e;
    }
  }

  private LaterException later(String answer, HandshakeRefusedException e) {
    String wanted = e.headers().firstValue(RetryAfter.HEADER).orElse(null);
    LaterException later = new LaterException(answer, pause.read(wanted));
    later.initCause(e);
    return later;
  }
}
