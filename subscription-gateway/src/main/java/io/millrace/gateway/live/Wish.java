package io.millrace.gateway.live;

import org.jspecify.annotations.Nullable;

/** One filter of one session. Equal only to itself. */
final class Wish {

  final LiveSession session;
  final Interest interest;

  /** Where it begins; null if everything that the session comes to is wanted. */
  private volatile @Nullable Offsets from;

  /** Nothing more is wanted, though the wish may still be found. */
  private volatile boolean gone;

  Wish(LiveSession session, Interest interest, @Nullable Offsets from) {
    this.session = session;
    this.interest = interest;
    this.from = from;
  }

  void drop() {
    gone = true;
  }

  /** Whether it is for this event, which the interest matches. */
  boolean covers(Tail tail, LiveEvent event) {
    Offsets begin = from;
    return !gone && (begin == null || event.offset() >= begin.at(tail));
  }

  /** Its session has come at least this far, wherever it is. */
  void reached(Offsets position) {
    Offsets begin = from;
    if (begin != null && begin.reachedBy(position)) {
      from = null;
    }
  }
}
