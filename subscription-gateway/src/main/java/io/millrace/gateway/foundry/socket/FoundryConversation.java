package io.millrace.gateway.foundry.socket;

import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.failure.Causes;
import io.millrace.gateway.foundry.kept.ClientId;
import io.millrace.gateway.foundry.kept.ClientState;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.http.socket.Socket;
import io.millrace.gateway.http.socket.SocketListener;
import io.millrace.gateway.ingest.Origin;
import io.millrace.gateway.ingest.foundry.Codes;
import io.millrace.model.foundry.ServerEvent;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is between the gateway and one client. Its requests are served one after the other, in their
 * order, and the next message is read when the one before is answered.
 */
final class FoundryConversation implements SocketListener {

  private static final Logger LOG = LoggerFactory.getLogger(FoundryConversation.class);
  private static final Duration RECHECK = Duration.ofMinutes(1);
  private static final int POLICY_VIOLATION = 1008;
  private static final int INTERNAL_ERROR = 1011;
  private static final int TRY_AGAIN_LATER = 1013;

  /** Of our own, as no protocol says how a client is told; read it as HTTP's 409. */
  private static final int TAKEN_OVER = 4409;

  private final FoundrySockets home;
  private final Identification who;
  private final String ip;
  private final Executor executor;
  private Socket socket;
  private PublicEvents publics;
  private Subscriber subscriber;
  private volatile @Nullable PrivateEvents privates;
  private volatile boolean closed;
  private volatile @Nullable Future<?> timer;
  private final Turns turns = new Turns(this::broken);

  @SuppressWarnings("NullAway.Init") // Opened before all else.
  FoundryConversation(FoundrySockets home, Identification who, String ip, Executor executor) {
    this.home = home;
    this.who = who;
    this.ip = ip;
    this.executor = executor;
  }

  @Override
  public void opened(Socket opened) {
    socket = opened;
    publics =
        new PublicEvents(
            home,
            opened,
            event -> {
              PrivateEvents current = privates;
              return current != null && current.covers(event);
            });
    subscriber = new Subscriber(home, publics);
    if (who.user().isEmpty()) {
      timer = home.after(home.config().tokenTimeout(), this::expectToken);
    } else {
      timer = home.after(RECHECK, this::recheck);
      var unused = turns.take(this::begin);
    }
  }

  private void expectToken() {
    if (who.user().isEmpty()) {
      socket.send(Replies.problem(Codes.UNAUTHENTICATED, "X-VoltMX-Authorization is missing"));
      socket.close(POLICY_VIOLATION, "has shown no token");
    } else {
      recheck();
    }
  }

  /** Takes the client over, if it has named itself and has not been taken over here yet. */
  private CompletionStage<Void> begin() {
    ClientId client = who.client().orElse(null);
    if (client == null || privates != null) {
      return CompletableFuture.completedFuture(null);
    }
    String session = home.newId();
    return home.book()
        .claim(client, session, this::lost)
        .thenComposeAsync(
            state -> {
              Principal user = who.user().orElseThrow();
              ClientState allowed =
                  state.with(subscriber.allowed(new Topics(state.topics()), user).paths());
              PrivateEvents taken =
                  new PrivateEvents(home, socket, client, session, viewer(user), allowed, executor);
              privates = taken;
              if (closed) {
                return taken.leave();
              }
              return taken.begin();
            },
            executor);
  }

  private static Viewer viewer(Principal user) {
    return new Viewer(user.name(), user.roles());
  }

  private void lost() {
    PrivateEvents current = privates;
    if (current != null) {
      current.lost();
    }
    socket.close(TAKEN_OVER, "another connection of this clientUUID has taken over");
  }

  @Override
  public void message(String text, Runnable taken) {
    Iterator<Request> requests = MessageReader.read(text).iterator();
    var unused =
        turns
            .take(() -> Sequence.of(requests, this::serve, () -> closed, executor))
            .whenComplete((nothing, failure) -> taken.run());
  }

  private CompletionStage<Void> serve(Request request) {
    if (request.command() instanceof Command.Unreadable unreadable) {
      socket.send(Replies.problem(unreadable.code(), unreadable.message()));
      return CompletableFuture.completedFuture(null);
    }
    return who.hear(request, executor)
        .thenCompose(this::welcome)
        .thenCompose(user -> begin().thenCompose(nothing -> answer(request.command(), user)))
        .handle(
            (reply, failure) -> {
              if (failure == null) {
                if (reply.hasRemaining()) {
                  socket.send(reply);
                }
                return null;
              }
              if (Causes.of(failure) instanceof HttpProblem problem) {
                socket.send(Replies.problem(Codes.of(problem.trouble()), text(problem)));
                return null;
              }
              throw Causes.wrapped(failure);
            });
  }

  /** Who has shown a token only now is counted only now; with too many connections it is closed. */
  private CompletionStage<Principal> welcome(Principal user) {
    return socket.belongsTo(user.name())
        ? CompletableFuture.completedFuture(user)
        : CompletableFuture.failedFuture(
            HttpProblem.of(Trouble.TOO_MANY_REQUESTS, "user", "has too many connections"));
  }

  private CompletionStage<ByteBuffer> answer(Command command, Principal user) {
    PrivateEvents current = privates;
    if (command instanceof Command.Subscribe subscribe) {
      return subscriber.subscribe(subscribe.topics(), user, current).thenApply(Replies::subscribed);
    }
    if (command instanceof Command.Unsubscribe unsubscribe) {
      return subscriber
          .unsubscribe(unsubscribe.topics(), user, current)
          .thenApply(Replies::unsubscribed);
    }
    if (command instanceof Command.Publish publish) {
      return publish(publish, user);
    }
    if (command instanceof Command.Acknowledge acknowledge && current != null) {
      current.acknowledge(acknowledge.eventIds());
    }
    return CompletableFuture.completedFuture(ByteBuffer.allocate(0)); // Nobody answers those.
  }

  private CompletionStage<ByteBuffer> publish(Command.Publish publish, Principal user) {
    return home.publisher()
        .publish(publish.events(), new Origin(user, ip, null))
        .thenApply(Replies::published)
        .exceptionally(
            failure -> {
              if (Causes.of(failure) instanceof HttpProblem problem) {
                return Replies.publishFailed(
                    text(problem), publish.events().stream().map(ServerEvent::topic).toList());
              }
              throw Causes.wrapped(failure);
            });
  }

  private void recheck() {
    var unused =
        who.recheck(executor)
            .whenComplete(
                (user, failure) -> {
                  if (failure == null) {
                    checked(user);
                  } else if (Causes.of(failure) instanceof HttpProblem problem
                      && problem.trouble() == Trouble.UNAUTHENTICATED) {
                    socket.send(Replies.problem(Codes.UNAUTHENTICATED, text(problem)));
                    socket.close(POLICY_VIOLATION, "the token is not valid any more");
                  }
                  if (!closed) {
                    timer = home.after(RECHECK, this::recheck);
                  }
                });
  }

  /** The user may have other roles now, and the catalogue other marks. */
  private void checked(Principal user) {
    Viewer viewer = viewer(user);
    publics.viewer(viewer);
    PrivateEvents current = privates;
    if (current != null) {
      current.viewer(viewer);
    }
    var unused =
        turns.take(
            () ->
                subscriber
                    .dropForbidden(user, privates)
                    .thenAccept(
                        dropped -> {
                          if (!dropped.failed().isEmpty()) {
                            socket.send(Replies.subscribed(dropped));
                          }
                        }));
  }

  private static String text(HttpProblem problem) {
    return String.valueOf(problem.getMessage());
  }

  private void broken(Throwable failure) {
    Throwable cause = Causes.of(failure);
    if (closed) {
      return;
    }
    if (cause instanceof HttpProblem problem) {
      socket.send(Replies.problem(Codes.of(problem.trouble()), text(problem)));
      socket.close(POLICY_VIOLATION, text(problem));
    } else if (cause instanceof TimeoutException || cause instanceof KafkaException) {
      LOG.warn("A client of Foundry's is sent away: {}", cause.toString());
      socket.close(TRY_AGAIN_LATER, "Kafka does not answer; try again later");
    } else {
      LOG.error("A client of Foundry's is sent away", cause);
      socket.close(INTERNAL_ERROR, "failed in the gateway");
    }
  }

  @Override
  public void drained() {
    publics.drained();
    PrivateEvents current = privates;
    if (current != null) {
      current.drained();
    }
  }

  @Override
  public void closed(int code, String reason) {
    closed = true;
    who.forget();
    Future<?> waiting = timer;
    if (waiting != null) {
      waiting.cancel(false);
    }
    publics.close();
    PrivateEvents current = privates;
    if (current != null) {
      home.leaving(current.leave());
    }
  }
}
