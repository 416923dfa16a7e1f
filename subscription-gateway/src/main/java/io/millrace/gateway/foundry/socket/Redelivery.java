package io.millrace.gateway.foundry.socket;

import io.cloudevents.CloudEvent;
import io.millrace.gateway.foundry.kept.KeptPlace;
import io.millrace.gateway.foundry.kept.KeptReader.Found;
import io.millrace.gateway.http.socket.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Pushes what a client has not acknowledged, a piece at a time, as fast as the client takes it. */
final class Redelivery {

  private final FoundrySockets home;
  private final Socket socket;
  private final Executor executor;
  private final Choice choice;
  private @Nullable CompletableFuture<Void> room;
  private boolean stopped;

  /** Whether an event is still owed to the client; asked just before it is pushed. */
  @FunctionalInterface
  interface Choice {

    /** The event is null if the log has it no more, or nobody could read it. */
    boolean owed(KeptPlace place, @Nullable CloudEvent event);
  }

  Redelivery(FoundrySockets home, Socket socket, Executor executor, Choice choice) {
    this.home = home;
    this.socket = socket;
    this.executor = executor;
    this.choice = choice;
  }

  /** Completes when all are pushed, or when that is to stop; fails if they cannot be read. */
  CompletionStage<Void> push(List<KeptPlace> left) {
    if (left.isEmpty() || stopped()) {
      return CompletableFuture.completedFuture(null);
    }
    return home.reader()
        .read(left)
        .thenComposeAsync(
            found -> {
              found.forEach(this::push);
              List<KeptPlace> rest = left.subList(found.size(), left.size());
              return room().thenCompose(nothing -> push(rest));
            },
            executor);
  }

  private void push(Found found) {
    ByteBuffer message = found.event().map(Push::write).orElse(ByteBuffer.allocate(0));
    CloudEvent event = message.hasRemaining() ? found.event().orElse(null) : null;
    if (choice.owed(found.place(), event)) {
      home.metrics().pushedAgain();
      socket.send(message);
    }
  }

  /** Completes when the client takes more. */
  private synchronized CompletionStage<Void> room() {
    CompletableFuture<Void> waiting = new CompletableFuture<>();
    room = waiting;
    if (socket.ready() || stopped) {
      room = null;
      waiting.complete(null);
    }
    return waiting;
  }

  private synchronized boolean stopped() {
    return stopped;
  }

  /** The socket was not ready, and is so again. */
  void drained() {
    CompletableFuture<Void> waiting;
    synchronized (this) {
      waiting = room;
      room = null;
    }
    if (waiting != null) {
      waiting.complete(null);
    }
  }

  /** Nothing more is to be pushed. */
  void stop() {
    synchronized (this) {
      stopped = true;
    }
    drained();
  }
}
