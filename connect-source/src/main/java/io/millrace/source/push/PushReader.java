package io.millrace.source.push;

import io.millrace.source.push.PushProtocol.Voice;
import io.millrace.source.task.Intake;
import io.millrace.source.task.Reader;
import io.millrace.source.websocket.MessageTooLargeException;
import io.millrace.source.websocket.WebSocketConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a vendor pushes: one connection for as long as it lasts, each time it is called. When
 * the buffer is full the connection is not read, so that the server feels it.
 */
public final class PushReader implements Reader {

  private final Opening opening;
  private final PushProtocol protocol;
  private final Arrivals arrivals;
  // Volatile: closed by Connect's thread.
  private volatile @Nullable WebSocketConnection connection;

  public PushReader(Opening opening, PushProtocol protocol, Arrivals arrivals) {
    this.opening = opening;
    this.protocol = protocol;
    this.arrivals = arrivals;
  }

  @Override
  public void read(Intake intake) throws IOException, InterruptedException {
    WebSocketConnection opened = open();
    connection = opened;
    try {
      Conversation conversation = protocol.begin(new Sender(opened), arrivals);
      arrivals.begin(intake, conversation);
      talk(opened, conversation);
    } catch (MessageTooLargeException e) {
      throw new ConnectException(e.getMessage() + ": raise " + PushConfig.MESSAGE_MAX, e);
    } catch (IOException | ConnectException e) {
      opened.abort();
      throw e;
    } finally {
      protocol.ended();
      arrivals.ended();
    }
  }

  private WebSocketConnection open() throws IOException, InterruptedException {
    try {
      return opening.open(protocol, arrivals.place());
    } catch (PlaceRefusedException e) {
      arrivals.forgetPlace();
      throw e;
    }
  }

  private void talk(WebSocketConnection from, Conversation conversation)
      throws IOException, InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      Duration wait = conversation.speak();
      arrivals.listen();
      Optional<String> message = from.receive(wait);
      arrivals.heard(message.isPresent());
      if (message.isPresent()) {
        conversation.hear(message.get());
      } else {
        conversation.miss(arrivals.reading());
      }
    }
    throw new InterruptedException("the task stops");
  }

  /** After the thread was interrupted, which would have cut the goodbye short. */
  @Override
  public void close() {
    WebSocketConnection last = connection;
    if (last != null) {
      last.close();
    }
  }

  private record Sender(WebSocketConnection to) implements Voice {
    @Override
    public CompletableFuture<Void> say(String text) {
      return to.send(text);
    }

    @Override
    public void ping() {
      var unused = to.ping();
    }
  }
}
