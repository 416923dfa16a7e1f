package io.millrace.gateway.foundry.kept;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client in the book: what the log says of it, and the sessions of this gateway that want it.
 */
final class Page {

  private final List<Holder> holders = new ArrayList<>();
  private @Nullable String owner;
  private @Nullable ClientState state;
  private long written;

  synchronized void add(Holder holder) {
    holders.add(holder);
  }

  synchronized void remove(String session) {
    holders.removeIf(holder -> holder.session().equals(session));
  }

  /** The state to begin with, as far as it is known here. */
  synchronized ClientState state() {
    return state == null ? ClientState.NEW : state;
  }

  /** Whether the log says that this session has the client. */
  synchronized boolean ownedBy(String session) {
    return session.equals(owner);
  }

  /** When it was last written, unless a session of this gateway wants it. */
  synchronized boolean abandonedSince(long millis) {
    return holders.isEmpty() && written < millis;
  }

  /** The session that has the client, if it is one of this gateway. */
  synchronized @Nullable String holder() {
    return holds(owner) ? owner : null;
  }

  /** The same, if it wrote nothing since then. */
  synchronized @Nullable String quietSince(long millis) {
    return written < millis ? holder() : null;
  }

  private boolean holds(@Nullable String session) {
    return holders.stream().anyMatch(holder -> holder.session().equals(session));
  }

  /** Whether nothing is known of it, and nobody wants it. */
  synchronized boolean blank() {
    return holders.isEmpty() && owner == null;
  }

  /**
   * The log has it no more.
   *
   * @return what follows from it, to be done afterwards
   */
  synchronized List<Runnable> removed(Runnable repair) {
    if (holds(owner)) {
      return List.of(repair);
    }
    owner = null;
    state = null;
    return List.of();
  }

  /**
   * The log has a record more.
   *
   * @return what follows from it, to be done afterwards
   */
  synchronized List<Runnable> take(ClientRecord record, Runnable repair) {
    List<Runnable> then = new ArrayList<>();
    if (record.claim()) {
      claimed(record, then);
    } else if (owner == null || owner.equals(record.session())) {
      owner = record.session();
      state = record.state();
      written = record.written();
    } else if (holds(owner)) {
      // A session that did not know yet of its end has covered what the log should say.
      then.add(repair);
    }
    return then;
  }

  private void claimed(ClientRecord record, List<Runnable> then) {
    owner = record.session();
    written = record.written();
    // What the log had before is newer than what the claiming one knew.
    ClientState known = state == null ? record.state() : state;
    state = known;
    for (Holder holder : List.copyOf(holders)) {
      if (holder.session().equals(record.session())) {
        then.add(() -> holder.has(known));
      } else if (holder.had()) {
        holders.remove(holder);
        then.add(holder.lost());
      }
    }
  }
}
