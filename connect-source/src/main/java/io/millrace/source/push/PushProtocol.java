package io.millrace.source.push;

import io.millrace.source.websocket.Handshake;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How a vendor's server is connected to, and what is said to it. For one thread. */
public interface PushProtocol {

  /**
   * The handshake of the next connection, with credentials, which may have to be fetched.
   *
   * @param place where the server should go on from; null for now
   * @throws IOException if they cannot be had at the moment
   * @throws org.apache.kafka.connect.errors.ConnectException if that needs a person
   */
  Handshake handshake(@Nullable String place) throws IOException, InterruptedException;

  /**
   * The server does not take the credentials of the last handshake.
   *
   * @param answer what it says, as the beginning of a sentence
   * @throws org.apache.kafka.connect.errors.ConnectException if no others can be had
   */
  void refused(String answer);

  /** Begins to talk on a new connection. */
  Conversation begin(Voice voice, Reception reception);

  /** The connection is over; nothing more can be said on it. */
  default void ended() {}

  /** Sends to the server. May be called by several threads. */
  interface Voice {

    /** Sends a text after all before it, and does not wait; completes when it is sent, or lost. */
    CompletableFuture<Void> say(String text);

    /** Sends a ping of the WebSocket protocol, whose answer is a sign of life. */
    void ping();
  }
}
