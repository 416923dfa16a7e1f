package io.millrace.gateway.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a lane is in all partitions. Belongs to the lane's thread. */
final class Cursors {

  private final List<Cursor> cursors = new ArrayList<>();

  void add(Tail tail) {
    cursors.add(new Cursor(tail));
  }

  List<Cursor> all() {
    return cursors;
  }

  List<Tail> tails() {
    return cursors.stream().map(Cursor::tail).toList();
  }

  /** Before these offsets all was given. */
  Offsets position() {
    Offsets position = new Offsets();
    cursors.forEach(cursor -> position.set(cursor.tail(), cursor.next()));
    return position;
  }

  /** Where a live session is; called with its lock. */
  Offsets positionOf(LiveSession session) {
    Offsets position = position();
    Offsets ahead = session.ahead();
    if (ahead != null) {
      for (Cursor cursor : cursors) {
        position.set(cursor.tail(), Math.max(ahead.at(cursor.tail()), position.at(cursor.tail())));
      }
    }
    return position;
  }

  /** Where a session is, as it may be told; called with its lock. */
  Positions tell(LiveSession session) {
    Offsets behind = session.behind();
    Offsets position = behind == null ? positionOf(session) : behind;
    Map<Place, Long> ids = new HashMap<>();
    for (Cursor cursor : cursors) {
      ids.put(cursor.tail().place(), position.at(cursor.tail()));
    }
    session.holdBack(ids);
    return new Positions(ids);
  }
}
