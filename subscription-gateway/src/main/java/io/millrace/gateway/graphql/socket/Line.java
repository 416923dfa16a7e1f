package io.millrace.gateway.graphql.socket;

import io.millrace.gateway.http.socket.Socket;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The operations of one client that have something to send, each in its turn: while the client does
 * not take what it is sent, they wait here. Used in the client's strand only.
 */
final class Line {

  private final Socket socket;
  private final Consumer<Operation> ended;
  private final Set<Operation> waiting = new LinkedHashSet<>();

  /** Tells of operations whose last message was sent. */
  Line(Socket socket, Consumer<Operation> ended) {
    this.socket = socket;
    this.ended = ended;
  }

  /** The operation has something to send. */
  void join(Operation operation) {
    waiting.add(operation);
    advance();
  }

  void leave(Operation operation) {
    waiting.remove(operation);
  }

  /** Sends while the client takes it. */
  void advance() {
    while (socket.ready()) {
      Iterator<Operation> turns = waiting.iterator();
      if (!turns.hasNext()) {
        return;
      }
      Operation next = turns.next();
      turns.remove();
      for (ByteBuffer message : next.takeUnsent()) {
        socket.send(message);
      }
      if (next.sent()) {
        ended.accept(next);
      }
    }
  }

  void clear() {
    waiting.clear();
  }
}
