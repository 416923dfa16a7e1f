package io.millrace.gateway.foundry.socket;

import io.cloudevents.CloudEvent;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.http.socket.Socket;
import io.millrace.gateway.live.EventFormat;
import io.millrace.gateway.live.Gap;
import io.millrace.gateway.live.LiveEvent;
import io.millrace.gateway.live.LiveReceiver;
import io.millrace.gateway.live.LiveSession;
import io.millrace.gateway.live.Positions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client's public topics: their events are pushed to it, and that is all. */
final class PublicEvents implements LiveReceiver {

  static final EventFormat FORMAT = event -> Push.write(event.event());

  private static final int TRY_AGAIN_LATER = 1013;
  private static final int POLICY_VIOLATION = 1008;

  private final FoundrySockets home;
  private final Socket socket;
  private final Predicate<CloudEvent> elsewhere;
  private Topics topics = new Topics(List.of());
  private @Nullable LiveSession live;

  /**
   * Without topics.
   *
   * @param elsewhere whether an event is pushed as one of a private topic
   */
  PublicEvents(FoundrySockets home, Socket socket, Predicate<CloudEvent> elsewhere) {
    this.home = home;
    this.socket = socket;
    this.elsewhere = elsewhere;
  }

  synchronized Topics topics() {
    return topics;
  }

  /** Has other topics from now on; live sessions are {@linkplain FoundrySockets#ready ready}. */
  synchronized void change(Topics wanted, Viewer viewer) {
    try {
      if (live == null) {
        live = home.live().open(viewer, wanted.filters(), null, this);
      } else {
        live.change(wanted.filters());
      }
      topics = wanted;
    } catch (InvalidFilterException e) {
      throw new IllegalStateException("a filter of topics alone does not compile", e);
    }
  }

  synchronized void viewer(Viewer now) {
    if (live != null) {
      live.viewer(now);
    }
  }

  synchronized void drained() {
    if (live != null) {
      live.drained();
    }
  }

  synchronized void close() {
    if (live != null) {
      live.close();
    }
  }

  @Override
  public void begun(Positions position) {} // Foundry's clients name no positions.

  @Override
  public boolean ready() {
    return socket.ready();
  }

  @Override
  public void event(LiveEvent event, boolean more) {
    ByteBuffer message = event.as(FORMAT);
    if (message.hasRemaining() && !elsewhere.test(event.event())) {
      socket.send(message, more);
    }
  }

  @Override
  public void flush() {
    socket.flush();
  }

  @Override
  public void gap(Gap gap) {
    // The protocol has no word for it, and without one the client would not know.
    if (gap.reason() == Gap.Reason.SLOW) {
      socket.close(POLICY_VIOLATION, "does not take what it is sent");
    }
  }

  @Override
  public void ended(Ending ending, String reason) {
    socket.close(ending == Ending.SLOW ? POLICY_VIOLATION : TRY_AGAIN_LATER, reason);
  }
}
