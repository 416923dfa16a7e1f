package io.millrace.source.foundry;

import io.millrace.source.push.PushProtocol.Voice;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server which events Kafka has: over whichever connection there is, a limited number at
 * a time. What waits is bounded, too; an event whose acknowledgement is given up comes again, and
 * is acknowledged then. Safe for use by several threads.
 */
final class Acknowledgements {

  private static final int AT_A_TIME = 64;
  private static final int MOST_WAITING = 100_000;

  // All guarded by this.
  private final Deque<String> waiting = new ArrayDeque<>();
  private @Nullable Voice voice;
  private int underway;
  private boolean sending;

  /** Events come over this connection, so that the server takes acknowledgements. */
  synchronized void connected(Voice to) {
    voice = to;
    underway = 0;
    send();
  }

  synchronized void disconnected() {
    voice = null;
  }

  /** Kafka has the event. */
  synchronized void stored(String eventId) {
    waiting.add(eventId);
    if (waiting.size() > MOST_WAITING) {
      waiting.remove();
    }
    send();
  }

  private synchronized void sent(Voice by) {
    if (by == voice) {
      underway--;
      send();
    }
  }

  // What is sent at once calls back at once, which must not go deeper and deeper.
  private void send() {
    if (sending) {
      return;
    }
    sending = true;
    try {
      while (voice != null && underway < AT_A_TIME && !waiting.isEmpty()) {
        Voice by = voice;
        underway++;
        var unused =
            by.say(ClientMessages.acknowledge(waiting.remove()))
                .whenComplete((nothing, failure) -> sent(by));
      }
    } finally {
      sending = false;
    }
  }
}
