package io.millrace.source.websocket;

import java.io.IOException;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sends one thing after the other: the JDK fails a send that begins before the last one is through.
 * Safe for use by several threads.
 */
final class Outbox {

  /** More than this wait only when the server does not read. */
  static final int MOST = 1_000;

  private final Consumer<IOException> onFailure;
  private CompletableFuture<WebSocket> last;
  private int waiting;

  /** What fails is told to that, beside whoever sends it. */
  Outbox(WebSocket socket, Consumer<IOException> onFailure) {
    this.onFailure = onFailure;
    last = CompletableFuture.completedFuture(socket);
  }

  /** Sends when what was given before is sent; after a failure nothing is sent any more. */
  CompletableFuture<Void> send(Function<WebSocket, CompletableFuture<WebSocket>> sending) {
    CompletableFuture<WebSocket> sent;
    synchronized (this) {
      if (waiting >= MOST) {
        IOException full = ConnectionClosedException.lost("the server does not read", null);
        onFailure.accept(full);
        return CompletableFuture.failedFuture(full);
      }
      waiting++;
      sent = last.thenCompose(sending);
      last = sent;
    }
    return sent.whenComplete(
            (socket, failure) -> {
              synchronized (this) {
                waiting--;
              }
              if (failure != null) {
                onFailure.accept(
                    ConnectionClosedException.lost("a message could not be sent", failure));
              }
            })
        .thenAccept(socket -> {});
  }
}
