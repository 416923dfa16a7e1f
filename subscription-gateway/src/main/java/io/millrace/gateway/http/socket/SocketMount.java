package io.millrace.gateway.http.socket;

import io.millrace.gateway.http.ErrorShape;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.Trouble;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One path where a dialect speaks over WebSockets.
 *
 * @param dialect name in metrics
 * @param path begins with a slash and does not end in one
 * @param errors how a refused handshake is told
 * @param pings those that the dialect promises; null for the server's own
 */
public record SocketMount(
    String dialect,
    String path,
    SocketEndpoint endpoint,
    ErrorShape errors,
    @Nullable Pings pings) {

  /** With the server's own pings. */
  public SocketMount(String dialect, String path, SocketEndpoint endpoint, ErrorShape errors) {
    this(dialect, path, endpoint, errors, null);
  }

  public SocketMount {
    if (!path.startsWith("/") || path.endsWith("/")) {
      throw new IllegalArgumentException("not a path: " + path);
    }
  }

  boolean takes(String requested) {
    return requested.equals(path) || requested.equals(path + "/");
  }

  /** What a request that asks for no WebSocket is told, where no other mount answers it. */
  Mount plain() {
    HttpProblem problem =
        HttpProblem.of(
                Trouble.UPGRADE_REQUIRED, "Upgrade", "is missing: this address is a WebSocket's")
            .with("Upgrade", "websocket")
            .with("Connection", "Upgrade");
    return new Mount(
        dialect,
        path,
        false,
        Map.of("GET", exchange -> CompletableFuture.failedFuture(problem)),
        errors);
  }
}
