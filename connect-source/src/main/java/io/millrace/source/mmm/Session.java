package io.millrace.source.mmm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.source.websocket.ConnectionClosedException;
import io.millrace.source.websocket.WebSocketConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** One connection's conversation with MMM: who is there, what is wanted, and what comes of it. */
final class Session {

  private static final String OPERATION = "1";
  private static final Duration TICK = Duration.ofSeconds(1);

  private static final int PROTOCOL_ERROR = 1002;
  private static final int UNAUTHORIZED = 4401;
  private static final int FORBIDDEN = 4403;
  private static final int NOT_ACCEPTABLE = 4406;

  private final WebSocketConnection connection;
  private final Subprotocol protocol;
  private final LongSupplier nanos;

  /** Whom a session calls on the thread that it is run on. */
  interface Listener {

    /** A result of the subscription. */
    void next(JsonNode result) throws IOException, InterruptedException;

    /** Nothing came for a while, and all is well. */
    void quiet();
  }

  /** Over an open connection, which whoever opened it closes. */
  Session(WebSocketConnection connection, LongSupplier nanos) {
    this.connection = connection;
    this.protocol = Subprotocol.chosen(connection.subprotocol());
    this.nanos = nanos;
  }

  /**
   * Says who is there, and waits until that is accepted.
   *
   * @param authorization null for none
   * @throws UnauthorizedException if it is not
   */
  void begin(@Nullable String authorization, Duration timeout)
      throws IOException, InterruptedException {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    if (authorization != null) {
      payload.put("authorization", authorization);
    }
    say(protocol.init(payload));
    long deadline = nanos.getAsLong() + timeout.toNanos();
    for (boolean welcome = false; !welcome; ) {
      Duration left = Duration.ofNanos(Math.max(0, deadline - nanos.getAsLong()));
      Optional<String> text = receiveFirst(left);
      if (text.isEmpty()) {
        throw new IOException(
            "MMM has not answered the connection's first message in " + timeout.toMillis() + " ms");
      }
      welcome = isWelcome(protocol.read(text.get()));
    }
  }

  private Optional<String> receiveFirst(Duration timeout) throws IOException, InterruptedException {
    try {
      return receive(timeout);
    } catch (ConnectionClosedException e) {
      if (e.code() == PROTOCOL_ERROR) {
        throw notSpoken(e);
      }
      throw e;
    }
  }

  private static ConnectException notSpoken(ConnectionClosedException closed) {
    return new ConnectException(
        "MMM does not speak what " + MmmConfig.SUBPROTOCOL + " offers: " + closed.getMessage(),
        closed);
  }

  private boolean isWelcome(Message message) throws IOException {
    if (message instanceof Message.Welcome) {
      return true;
    }
    if (message instanceof Message.Refused refused) {
      throw new UnauthorizedException("MMM refuses the connection: " + said(refused.why()));
    }
    if (message instanceof Message.Alive alive) {
      answer(alive);
      return false;
    }
    throw new IOException("MMM has begun before it has accepted the connection");
  }

  private static String said(JsonNode why) {
    String text = why.isTextual() ? why.textValue() : why.path("message").asText("without a word");
    return GraphQlErrors.plain(text);
  }

  /**
   * Subscribes and hands on what comes, for as long as the connection lasts.
   *
   * @param pingInterval a ping is sent after so much silence
   * @throws IOException why it has ended, if that passes; it never ends without a reason
   * @throws ConnectException if a person has to do something
   */
  void follow(ObjectNode subscription, Duration pingInterval, Listener listener)
      throws IOException, InterruptedException {
    say(protocol.begin(OPERATION, subscription));
    long heard = nanos.getAsLong();
    try {
      while (true) {
        Optional<String> text = receive(TICK);
        if (text.isPresent()) {
          hear(protocol.read(text.get()), listener);
          heard = nanos.getAsLong();
        } else {
          listener.quiet();
          if (nanos.getAsLong() - heard >= pingInterval.toNanos()) {
            ping();
            heard = nanos.getAsLong();
          }
        }
      }
    } catch (InterruptedException e) {
      say(protocol.end(OPERATION));
      throw e;
    }
  }

  private void hear(Message message, Listener listener) throws IOException, InterruptedException {
    if (message instanceof Message.Alive alive) {
      answer(alive);
    } else if (message instanceof Message.Next next) {
      if (next.operation().equals(OPERATION)) {
        JsonNode errors = next.result().path("errors");
        if (errors.isArray() && !errors.isEmpty()) {
          throw GraphQlErrors.of(errors).ofSubscription();
        }
        listener.next(next.result());
      }
    } else if (message instanceof Message.Failed failed) {
      throw GraphQlErrors.of(failed.errors()).ofSubscription();
    } else if (message instanceof Message.Completed) {
      throw new IOException("MMM has ended the subscription");
    } else if (message instanceof Message.Refused refused) {
      throw new UnauthorizedException("MMM refuses the connection: " + said(refused.why()));
    }
  }

  private Optional<String> receive(Duration timeout) throws IOException, InterruptedException {
    try {
      return connection.receive(timeout);
    } catch (ConnectionClosedException e) {
      switch (e.code()) {
        case UNAUTHORIZED, FORBIDDEN ->
            throw new UnauthorizedException("MMM refuses the connection: " + e.getMessage());
        case NOT_ACCEPTABLE -> throw notSpoken(e);
        default -> throw e;
      }
    }
  }

  private void answer(Message.Alive alive) {
    String answer = alive.answer();
    if (answer != null) {
      say(answer);
    }
  }

  private void ping() {
    String ping = protocol.ping();
    if (ping == null) {
      var unused = connection.ping();
    } else {
      say(ping);
    }
  }

  // Whether it went out is told by the next receive.
  private void say(String text) {
    var unused = connection.send(text);
  }
}
