package io.millrace.gateway.des;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.millrace.filter.InvalidFilterException;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.failure.Causes;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.http.socket.Socket;
import io.millrace.gateway.http.socket.SocketListener;
import io.millrace.gateway.live.Gap;
import io.millrace.gateway.live.LiveEvent;
import io.millrace.gateway.live.LiveReceiver;
import io.millrace.gateway.live.LiveSession;
import io.millrace.gateway.live.Positions;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client of DES's WebSocket, from its handshake to its end. */
final class DesSession implements SocketListener, LiveReceiver {

  private static final Logger LOG = LoggerFactory.getLogger(DesSession.class);
  private static final int POLICY_VIOLATION = 1008;
  private static final int INTERNAL_ERROR = 1011;
  private static final long RECHECK_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final DesSockets home;
  private final SessionRequest request;
  private final Executor executor;
  private final String id;
  // Used where messages are taken, one at a time.
  private final Set<TopicPath> topics;
  private Socket socket;
  private @Nullable CloudEvent started;
  private volatile Client client;
  private volatile @Nullable LiveSession session;
  private volatile boolean gone;
  private volatile long heard;
  private volatile long checked;

  @SuppressWarnings("NullAway.Init") // Opened before all else.
  DesSession(DesSockets home, SessionRequest request, Client client, Executor executor) {
    this.home = home;
    this.request = request;
    this.client = client;
    this.executor = executor;
    this.id = home.newId();
    this.topics = new LinkedHashSet<>(request.topics());
    this.heard = System.nanoTime();
    this.checked = heard;
  }

  @Override
  public void opened(Socket opened) {
    socket = opened;
    CloudEvent event = home.events().event(SessionEvents.STARTED, client, startedData());
    started = event;
    try {
      LiveSession live = home.live().open(client.viewer(), filters(), request.after(), this);
      session = live;
      if (gone) {
        live.close(); // Meanwhile.
        return;
      }
    } catch (InvalidFilterException e) {
      throw new IllegalStateException("a filter that was checked does not compile", e);
    }
    home.add(this);
    home.events().publish(event);
    if (gone) {
      home.remove(this);
    }
  }

  private ObjectNode startedData() {
    double minutes = home.config().idleTimeout().toMillis() / 60_000.0;
    ObjectNode data = home.events().data();
    if (minutes == Math.rint(minutes)) {
      data.put("timeout", (long) minutes);
    } else {
      data.put("timeout", minutes);
    }
    return data.putNull("browserId")
        .put("productName", request.name())
        .put("productVersion", request.version())
        .put("clientId", request.clientId())
        .put("sessionId", id);
  }

  private List<EventFilter> filters() {
    return topics.stream().map(request::filter).toList();
  }

  @Override
  public void message(String text, Runnable taken) {
    heard = System.nanoTime();
    try {
      ClientMessage message = ClientMessage.read(text);
      if (message.type() == ClientMessage.Type.PING) {
        pong(taken);
        return;
      }
      change(message);
    } catch (HttpProblem problem) {
      socket.send(home.replies().error(problem));
    }
    taken.run();
  }

  /** One ping is under way at a time, since the answer stands between the events. */
  private void pong(Runnable taken) {
    LiveSession live = session;
    if (live != null) {
      live.position(
          position -> {
            socket.send(home.replies().pong(position));
            taken.run();
          });
    }
  }

  private void change(ClientMessage message) {
    Set<TopicPath> next = new LinkedHashSet<>(topics);
    if (message.type() == ClientMessage.Type.SUBSCRIBE) {
      next.addAll(message.topics());
    } else {
      next.removeAll(message.topics());
    }
    int most = home.config().maxTopics();
    if (next.size() > most) {
      throw HttpProblem.of(
          Trouble.TOO_MANY_REQUESTS, "data.topics", "must be at most " + most + " with the others");
    }
    topics.clear();
    topics.addAll(next);
    LiveSession live = session;
    if (live != null) {
      try {
        live.change(filters());
      } catch (InvalidFilterException e) {
        throw new IllegalStateException("a filter that was checked does not compile", e);
      }
    }
    home.replies().changed(message.type(), topics).ifPresent(socket::send);
  }

  @Override
  public boolean binary(ByteBuffer message) {
    heard = System.nanoTime();
    socket.send(
        home.replies()
            .error(HttpProblem.of(Trouble.MALFORMED, "message", "must be a text, not binary")));
    return true;
  }

  @Override
  public void drained() {
    LiveSession live = session;
    if (live != null) {
      live.drained();
    }
  }

  @Override
  public void closed(int code, String reason) {
    gone = true;
    LiveSession live = session;
    if (live != null) {
      live.close();
    }
    home.remove(this);
    ObjectNode data = aboutThis().put("code", code).put("reason", reason);
    home.events().publish(home.events().event(SessionEvents.CLOSED, client, data));
  }

  private ObjectNode aboutThis() {
    return home.events().data().put("sessionId", id).put("clientId", request.clientId());
  }

  // What the streams give; called in turn, by threads that must not be held.

  @Override
  public void begun(Positions position) {
    CloudEvent event = started;
    if (event != null) {
      socket.send(EventDocument.write(event, position.toString()));
    }
    request.gone(home.live()).forEach(this::gap);
  }

  @Override
  public boolean ready() {
    return socket.ready();
  }

  @Override
  public void event(LiveEvent event, boolean more) {
    CloudEvent own = started;
    if (own != null && event.event().getId().equals(own.getId())) {
      started = null; // It was sent first of all.
      return;
    }
    socket.send(event.as(home.format()), more);
  }

  @Override
  public void flush() {
    socket.flush();
  }

  @Override
  public void gap(Gap gap) {
    ObjectNode data =
        aboutThis()
            .put("place", gap.place().toString())
            .put("first", gap.first())
            .put("reason", gap.reason().name().toLowerCase(Locale.ROOT));
    if (gap.events() >= 0) {
      data.put("events", gap.events());
    }
    String position = null;
    if (gap.reason() != Gap.Reason.UNKNOWN) {
      data.put("last", gap.last());
      position = gap.place() + ":" + gap.last();
    }
    CloudEvent event = home.events().event(SessionEvents.GAP, client, data);
    socket.send(EventDocument.write(event, position));
  }

  @Override
  public void ended(Ending ending, String reason) {
    terminate(ending == Ending.SLOW ? POLICY_VIOLATION : INTERNAL_ERROR, reason);
  }

  // What happens by itself.

  /** To be called now and then. */
  void look() {
    long now = System.nanoTime();
    if (now - heard >= home.config().idleTimeout().toNanos()) {
      heard = now; // Once is enough.
      long millis = home.config().idleTimeout().toMillis();
      terminate(POLICY_VIOLATION, "has sent no message for " + millis + " ms");
    } else if (now - checked >= RECHECK_NANOS) {
      checked = now;
      recheck();
    }
  }

  /** A token may have expired, and an account may be gone or have other roles. */
  private void recheck() {
    CompletionStage<Principal> unused =
        home.authenticate(client.credentials(), client.field(), executor)
            .whenComplete((principal, failure) -> rechecked(principal, failure));
  }

  private void rechecked(@Nullable Principal principal, @Nullable Throwable failure) {
    if (principal == null) {
      if (failure != null
          && Causes.of(failure) instanceof HttpProblem problem
          && problem.trouble() == Trouble.UNAUTHENTICATED) {
        terminate(POLICY_VIOLATION, String.valueOf(problem.getMessage()));
      }
      return; // Else it cannot be known now.
    }
    if (!principal.name().equals(client.user())) {
      terminate(POLICY_VIOLATION, "the credentials are now those of somebody else");
      return;
    }
    client = client.now(principal);
    LiveSession live = session;
    if (live != null) {
      live.viewer(client.viewer());
    }
  }

  private void terminate(int code, String reason) {
    LOG.debug("The session {} is ended: {}", id, reason);
    ObjectNode data = aboutThis().put("reason", reason);
    CloudEvent event = home.events().event(SessionEvents.TERMINATE, client, data);
    home.events().publish(event);
    socket.send(EventDocument.write(event, null));
    socket.close(code, reason);
  }
}
