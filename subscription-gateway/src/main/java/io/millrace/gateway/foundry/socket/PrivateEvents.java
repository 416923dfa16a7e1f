package io.millrace.gateway.foundry.socket;

import io.cloudevents.CloudEvent;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.foundry.kept.ClientId;
import io.millrace.gateway.foundry.kept.ClientState;
import io.millrace.gateway.foundry.kept.KeptPlace;
import io.millrace.gateway.foundry.kept.Unacknowledged;
import io.millrace.gateway.http.socket.Socket;
import io.millrace.gateway.live.Gap;
import io.millrace.gateway.live.LiveEvent;
import io.millrace.gateway.live.LiveReceiver;
import io.millrace.gateway.live.LiveSession;
import io.millrace.gateway.live.Positions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A client's private topics, as this connection has them: what is pushed is kept until it is
 * acknowledged, for the connection that comes after this one.
 *
 * <p>What is written down is always of one moment between two pushes: everything up to {@code seen}
 * was pushed, and of that, what is not acknowledged is kept. So nothing is lost with a gateway; the
 * pushes and acknowledgements since the last time are at worst repeated.
 */
final class PrivateEvents implements LiveReceiver {

  private static final int TRY_AGAIN_LATER = 1013;
  private static final int POLICY_VIOLATION = 1008;

  private final FoundrySockets home;
  private final Socket socket;
  private final ClientId client;
  private final String session;
  private final Unacknowledged kept;
  private final AtomicBoolean saving = new AtomicBoolean();
  private final Redelivery again;

  // Guarded by this; no call to the live session is made with the lock, as that calls with its own.
  private Viewer viewer;
  private Topics topics;
  private Positions seen;
  private boolean missed;
  private volatile @Nullable LiveSession live;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean ended;

  /** Goes on from a state that its session has claimed. */
  PrivateEvents(
      FoundrySockets home,
      Socket socket,
      ClientId client,
      String session,
      Viewer viewer,
      ClientState state,
      Executor executor) {
    this.home = home;
    this.socket = socket;
    this.client = client;
    this.session = session;
    this.viewer = viewer;
    this.again = new Redelivery(home, socket, executor, this::owed);
    this.kept = new Unacknowledged(home.keep().most(), home.keep().longest());
    this.topics = new Topics(state.topics());
    this.seen = state.seen();
    kept.restore(state.kept());
    home.metrics().givenUp(kept.expire(home.now()));
  }

  synchronized Topics topics() {
    return topics;
  }

  synchronized boolean covers(CloudEvent event) {
    return topics.covers(event);
  }

  /** Pushes what was not acknowledged, then what has come since, then what comes. */
  CompletionStage<Void> begin() {
    List<KeptPlace> owed;
    synchronized (this) {
      owed = kept.places();
    }
    return again.push(owed).thenCompose(nothing -> home.ready()).thenAccept(nothing -> open());
  }

  private synchronized boolean owed(KeptPlace place, @Nullable CloudEvent event) {
    if (event != null
        && kept.has(place)
        && topics.covers(event)
        && home.audience().of(event).admits(viewer)) {
      kept.pushed(place, event.getId());
      return true;
    }
    kept.drop(place);
    return false;
  }

  private void open() {
    Topics wanted = topics();
    Positions from;
    synchronized (this) {
      from = seen.ids().isEmpty() ? null : seen;
    }
    try {
      LiveSession opened = home.live().open(viewer(), wanted.filters(), from, this);
      live = opened;
      if (over.get()) {
        opened.close();
      }
      save();
    } catch (InvalidFilterException e) {
      throw new IllegalStateException("a filter of topics alone does not compile", e);
    }
  }

  private synchronized Viewer viewer() {
    return viewer;
  }

  /** Who looks on may have other roles now. */
  void viewer(Viewer now) {
    synchronized (this) {
      viewer = now;
    }
    LiveSession current = live;
    if (current != null) {
      current.viewer(now);
    }
  }

  /** Has other topics from now on; completes when that is durable. */
  CompletionStage<Void> change(Topics wanted) {
    LiveSession current = live;
    if (current == null) {
      return CompletableFuture.failedFuture(new IllegalStateException("not begun"));
    }
    // An event on its way meanwhile may come as a public one too, but never as neither.
    synchronized (this) {
      topics = topics.only(wanted.paths());
    }
    try {
      current.change(wanted.filters());
    } catch (InvalidFilterException e) {
      throw new IllegalStateException("a filter of topics alone does not compile", e);
    }
    synchronized (this) {
      topics = wanted;
    }
    return save();
  }

  /** The client has these events. */
  void acknowledge(List<String> eventIds) {
    synchronized (this) {
      eventIds.forEach(kept::acknowledge);
    }
    saveSoon();
  }

  @Override
  public void begun(Positions position) {} // Foundry's clients name no positions.

  @Override
  public boolean ready() {
    return socket.ready();
  }

  @Override
  public void event(LiveEvent event, boolean more) {
    ByteBuffer message = event.as(PublicEvents.FORMAT);
    int given = 0;
    synchronized (this) {
      // Before it is sent, lest the acknowledgement come first.
      if (!message.hasRemaining() || kept.tooOld(event.logged(), home.now())) {
        return;
      }
      KeptPlace place = new KeptPlace(event.place(), event.id(), event.logged());
      given = kept.pushed(place, event.event().getId());
    }
    home.metrics().givenUp(given);
    socket.send(message, more);
    saveSoon();
  }

  @Override
  public void flush() {
    socket.flush();
  }

  @Override
  public void gap(Gap gap) {
    if (gap.reason() == Gap.Reason.SLOW) {
      synchronized (this) {
        missed = true; // The next connection begins before the gap.
      }
      socket.close(POLICY_VIOLATION, "does not take what it is sent");
    }
  }

  @Override
  public void ended(Ending ending, String reason) {
    ended = true;
    synchronized (this) {
      missed = true;
    }
    socket.close(ending == Ending.SLOW ? POLICY_VIOLATION : TRY_AGAIN_LATER, reason);
  }

  /** The socket was not ready, and is so again. */
  void drained() {
    again.drained();
    LiveSession current = live;
    if (current != null) {
      current.drained();
    }
  }

  private void saveSoon() {
    if (!saving.getAndSet(true)) {
      home.later(
          () -> {
            saving.set(false);
            var unused = save();
          });
    }
  }

  /** Writes down how it is between two pushes; completes when Kafka has it. */
  private CompletionStage<Void> save() {
    LiveSession current = live;
    if (current == null || ended) {
      return write(null);
    }
    CompletableFuture<Void> saved = new CompletableFuture<>();
    current.position(
        position -> {
          var unused =
              write(position)
                  .whenComplete(
                      (nothing, failure) -> {
                        if (failure == null) {
                          saved.complete(null);
                        } else {
                          saved.completeExceptionally(failure);
                        }
                      });
        });
    return saved;
  }

  private CompletionStage<Void> write(@Nullable Positions position) {
    ClientState state;
    synchronized (this) {
      if (position != null && !missed) {
        seen = position;
      }
      home.metrics().givenUp(kept.expire(home.now()));
      state = new ClientState(topics.paths(), seen, kept.places());
    }
    return home.book().save(client, session, state);
  }

  /** The connection has ended: what is known is left to the next one. */
  CompletionStage<Void> leave() {
    if (over.getAndSet(true)) {
      return CompletableFuture.completedFuture(null);
    }
    again.stop();
    return save()
        .whenComplete(
            (nothing, failure) -> {
              home.book().release(client, session);
              end();
            });
  }

  /** Another connection has the client. */
  void lost() {
    over.set(true);
    again.stop();
    end();
  }

  private void end() {
    LiveSession current = live;
    if (current != null) {
      current.close();
    }
  }
}
