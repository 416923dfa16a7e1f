package io.millrace.source.websocket;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An open WebSocket for texts. One thread receives; all else may be called by any thread.
 *
 * <p>Whoever does not receive is not read for: a few messages ({@link Limits#ahead}) are taken off
 * the socket beforehand, and then the sender has to wait. Pings are answered, but not while nothing
 * is read; a server that insists on answers closes the connection on a reader that is too slow.
 * Source: RFC 6455.
 */
public final class WebSocketConnection implements AutoCloseable {

  private static final int PARTING_SECONDS = 1;

  private final WebSocket socket;
  private final Inbox inbox;
  private final Outbox outbox;

  WebSocketConnection(WebSocket socket, Inbox inbox) {
    this.socket = socket;
    this.inbox = inbox;
    this.outbox = new Outbox(socket, inbox::fail);
  }

  /** The subprotocol that the server has chosen; empty if it chose none. */
  public String subprotocol() {
    return socket.getSubprotocol();
  }

  /**
   * The next whole message. Those that came before the connection's end are given out before it is
   * told. Closing is up to the caller then, too.
   *
   * @return empty if none came in time
   * @throws ConnectionClosedException when the server has closed, or the connection is lost, or
   *     nothing was heard, not even a pong, for {@link Limits#idle} of waiting
   * @throws MessageTooLargeException when a message is larger than may be
   */
  public Optional<String> receive(Duration timeout) throws IOException, InterruptedException {
    return Optional.ofNullable(inbox.take(socket, timeout));
  }

  /**
   * Sends a text after all that was given before.
   *
   * @return completes when the text is handed to the system; its failure ends the connection, so
   *     that {@link #receive} tells it too
   */
  public CompletableFuture<Void> send(String text) {
    return outbox.send(to -> to.sendText(text, true));
  }

  /** Sends a ping, whose answer is a sign of life. */
  public CompletableFuture<Void> ping() {
    return outbox.send(to -> to.sendPing(ByteBuffer.allocate(0)));
  }

  /** Closes with code 1000, as {@link #close(int, String)} does. */
  @Override
  public void close() {
    close(WebSocket.NORMAL_CLOSURE, "");
  }

  /**
   * Says that it is over, gives the server a second to agree, and closes; messages on their way are
   * thrown away. Of a connection that is over it frees what is left.
   *
   * @param code 1000, 1008, or one of 3000 to 4999; the JDK sends no others
   * @param reason at most 123 bytes in UTF-8
   */
  public void close(int code, String reason) {
    inbox.discard(socket);
    CompletableFuture<Void> said = outbox.send(to -> to.sendClose(code, reason));
    try {
      CompletableFuture.allOf(said, inbox.ended()).get(PARTING_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It is left without the server's consent.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      abort();
    }
  }

  /** Closes at once, without a word; whoever receives is told. */
  public void abort() {
    inbox.fail(ConnectionClosedException.lost("it was given up here", null));
    socket.abort();
  }
}
