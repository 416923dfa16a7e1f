package io.millrace.gateway.graphql.socket;

import com.fasterxml.jackson.databind.JsonNode;
import graphql.ExecutionResult;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.failure.Causes;
import io.millrace.gateway.graphql.ErrorCode;
import io.millrace.gateway.graphql.GraphQlRequest;
import io.millrace.gateway.graphql.socket.ClientMessage.BadMessage;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.http.socket.Socket;
import io.millrace.gateway.http.socket.SocketListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is between the gateway and one client, whatever the subprotocol: who it is, and the
 * operations that run. All of it happens in one strand.
 */
final class Conversation implements SocketListener {

  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final int INTERNAL_ERROR = 1011;

  /** So many keep-alives are between two checks of the credentials: a minute by default. */
  private static final int BEATS_TO_RECHECK = 4;

  private final Protocol protocol;
  private final GraphQlSockets home;
  private final Strand strand;
  private final Executor executor;
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private @Nullable String credentials;
  private String field = "Authorization";
  private Socket socket;
  private Line line;
  private boolean begun;
  private boolean closed;
  private @Nullable Principal caller;
  private @Nullable Runnable heldBack;
  private int beats;
  private @Nullable Future<?> timer;

  /**
   * Waits for its socket.
   *
   * @param header the handshake's {@code Authorization}, if there was any
   */
  @SuppressWarnings("NullAway.Init") // Opened before all else.
  Conversation(Protocol protocol, GraphQlSockets home, @Nullable String header, Executor executor) {
    this.protocol = protocol;
    this.home = home;
    this.credentials = header;
    this.executor = executor;
    this.strand = new Strand(executor, this::broken);
  }

  @Override
  public void opened(Socket opened) {
    socket = opened;
    line = new Line(opened, operation -> operations.remove(operation.id(), operation));
    strand.execute(
        () -> {
          Duration patience = home.config().initTimeout();
          timer =
              home.timers()
                  .schedule(
                      () -> strand.execute(this::expectInit),
                      patience.toMillis(),
                      TimeUnit.MILLISECONDS);
        });
  }

  private void expectInit() {
    if (!begun && !closed) {
      protocol.late(this);
    }
  }

  @Override
  public void message(String text, Runnable taken) {
    strand.execute(
        () -> {
          try {
            protocol.take(ClientMessage.read(text), this);
          } catch (BadMessage e) {
            protocol.unreadable(e.sentence(), this);
          }
          if (begun && !accepted() && protocol.waitsForAck()) {
            heldBack = taken;
          } else {
            taken.run();
          }
        });
  }

  @Override
  public boolean binary(ByteBuffer message) {
    strand.execute(() -> protocol.unreadable("It is binary", this));
    return true;
  }

  @Override
  public void drained() {
    strand.execute(() -> line.advance());
  }

  @Override
  public void closed(int code, String reason) {
    strand.execute(
        () -> {
          closed = true;
          credentials = null;
          stopTimer();
          line.clear();
          operations.values().forEach(Operation::cancel);
          operations.clear();
        });
  }

  private void broken(Throwable failure) {
    LOG.error("A client of GraphQL is sent away", failure);
    socket.close(INTERNAL_ERROR, "failed in the gateway");
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Whether the client has sent its credentials. */
  boolean begun() {
    return begun;
  }

  /** Whether they were right. */
  boolean accepted() {
    return caller != null;
  }

  /** Checks who the client is, by what it sends or else by the handshake. */
  void begin(@Nullable JsonNode payload) {
    begun = true;
    stopTimer();
    InitCredentials.in(payload)
        .ifPresent(
            sent -> {
              credentials = sent;
              field = "payload.authorization";
            });
    CompletionStage<Principal> unused =
        home.authenticator()
            .authenticate(credentials, field, executor)
            .whenComplete(
                (principal, failure) -> strand.execute(() -> checked(principal, failure)));
  }

  /** A token may have expired, and an account may be gone or have other roles. */
  private void recheck() {
    CompletionStage<Principal> unused =
        home.authenticator()
            .authenticate(credentials, field, executor)
            .whenComplete(
                (principal, failure) -> strand.execute(() -> rechecked(principal, failure)));
  }

  private void rechecked(@Nullable Principal principal, @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (principal != null && principal.name().equals(Objects.requireNonNull(caller).name())) {
      caller = principal;
    } else if (principal != null) {
      protocol.refused("The credentials are now those of somebody else", false, this);
    } else if (cause(failure) instanceof HttpProblem problem
        && problem.trouble() == Trouble.UNAUTHENTICATED) {
      refused(failure);
    }
  }

  private void checked(@Nullable Principal principal, @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (principal == null) {
      refused(failure);
    } else if (socket.belongsTo(principal.name())) {
      caller = principal;
      protocol.accepted().forEach(this::send);
      long every = home.config().keepAlive().toMillis();
      timer =
          home.timers()
              .scheduleWithFixedDelay(
                  () -> strand.execute(this::keepAlive), every, every, TimeUnit.MILLISECONDS);
    }
    if (heldBack != null) {
      heldBack.run();
      heldBack = null;
    }
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure == null ? null : Causes.of(failure);
  }

  private void refused(@Nullable Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof HttpProblem problem) {
      boolean later = problem.trouble() == Trouble.UNAVAILABLE;
      protocol.refused(String.valueOf(problem.getMessage()), later, this);
    } else {
      LOG.error("Credentials could not be checked", cause);
      protocol.refused("The credentials could not be checked", true, this);
    }
  }

  /** Says nothing to a client that has enough to read. */
  private void keepAlive() {
    if (++beats % BEATS_TO_RECHECK == 0) {
      recheck();
    }
    if (socket.ready()) {
      socket.send(protocol.keepAlive());
    }
  }

  /** Whether an operation of this id has not ended yet. */
  boolean runs(String id) {
    return operations.containsKey(id);
  }

  /** Starts an operation of an accepted client, under an id that no other has. */
  void start(String id, GraphQlRequest request) {
    if (operations.size() >= home.config().maxOperations()) {
      String sentence = "More than " + home.config().maxOperations() + " operations at a time";
      Map<String, Object> error = GraphQlFailure.of(sentence, ErrorCode.LIMIT_EXCEEDED);
      protocol.refused(id, List.of(error)).forEach(this::send);
      return;
    }
    Operation operation = new Operation(id, protocol, strand, line);
    operations.put(id, operation);
    CompletionStage<ExecutionResult> answer;
    try {
      answer = home.engine().execute(request, Objects.requireNonNull(caller));
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    CompletionStage<ExecutionResult> unused =
        answer.whenComplete(
            (result, failure) -> strand.execute(() -> operation.answered(result, failure)));
  }

  /** Ends an operation without a word; tells whether there was one. */
  boolean stop(String id) {
    Operation operation = operations.remove(id);
    if (operation == null) {
      return false;
    }
    line.leave(operation);
    operation.cancel();
    return true;
  }

  void send(ByteBuffer message) {
    socket.send(message);
  }

  void close(int code, String reason) {
    socket.close(code, reason);
  }
}
