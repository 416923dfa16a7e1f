package io.millrace.gateway.live;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lane gives at once: some events of one partition, sorted by the sessions that want them,
 * so that a session's share goes to its client together. Belongs to the lane's thread.
 */
final class Round {

  private static final Logger LOG = LoggerFactory.getLogger(Round.class);

  // Then it is the turn of other partitions; so it also bounds what is held here.
  private static final int GIVEN_AT_A_TIME = 20_000;

  private final int lane;
  private final LiveConfig config;
  private final Interests interests;
  private final Cursors cursors;
  private final LiveMetrics metrics;
  private final List<LiveSession> sessions = new ArrayList<>();
  private int size;

  /** Has nothing. */
  Round(int lane, LiveConfig config, Interests interests, Cursors cursors, LiveMetrics metrics) {
    this.lane = lane;
    this.config = config;
    this.interests = interests;
    this.cursors = cursors;
    this.metrics = metrics;
  }

  boolean full() {
    return size >= GIVEN_AT_A_TIME;
  }

  /** Puts an event into the shares of all who want it. */
  void add(Tail tail, LiveEvent event) {
    size++;
    for (Interest interest : event.interests(interests)) {
      for (Wish wish : interest.wishes(lane)) {
        if (wish.covers(tail, event)) {
          add(wish.session, event);
        }
      }
    }
  }

  private void add(LiveSession session, LiveEvent event) {
    List<LiveEvent> share = session.share();
    if (share.isEmpty()) {
      sessions.add(session);
    } else if (share.get(share.size() - 1) == event) {
      return; // Several of its filters want it.
    }
    share.add(event);
    size++;
  }

  /** Gives each its share; nothing is left. */
  void give(Tail tail) {
    for (LiveSession session : sessions) {
      List<LiveEvent> share = session.takeShare();
      try {
        give(session, tail, share);
      } catch (RuntimeException e) {
        LOG.error("A live session is ended", e);
        session.end(LiveReceiver.Ending.FAILED, "failed in the gateway");
      }
    }
    sessions.clear();
    size = 0;
  }

  private void give(LiveSession session, Tail tail, List<LiveEvent> share) {
    boolean several = share.size() > 1;
    synchronized (session) {
      for (LiveEvent event : share) {
        if (due(session, tail, event)) {
          give(session, tail, event, several);
        }
      }
      if (several) {
        session.receiver().flush();
      }
    }
  }

  private boolean due(LiveSession session, Tail tail, LiveEvent event) {
    if (session.behind() != null || session.closed()) {
      return false;
    }
    Offsets ahead = session.ahead();
    if (ahead != null) {
      if (event.offset() < ahead.at(tail)) {
        return false;
      }
      if (ahead.reachedBy(cursors.position())) {
        session.ahead(null);
      }
    }
    return session.admitted(event);
  }

  private void give(LiveSession session, Tail tail, LiveEvent event, boolean more) {
    session.tellMissed();
    if (session.receiver().ready()) {
      session.receiver().event(event, more);
      metrics.given();
      return;
    }
    switch (config.slow()) {
      case CATCH_UP -> {
        Offsets position = cursors.positionOf(session);
        position.set(tail, event.offset()); // It is not behind this one yet.
        session.behind(position);
        session.ahead(null);
        metrics.slow();
      }
      case GAP -> {
        session.miss(new Gap(event.place(), event.id(), event.id(), 1, Gap.Reason.SLOW));
        metrics.missed();
      }
      case CLOSE -> {
        metrics.slow();
        session.end(LiveReceiver.Ending.SLOW, "does not take what it is sent");
      }
    }
  }
}
