package io.millrace.gateway.live;

import java.util.Locale;

/** What becomes of a session whose client does not take what it is sent. */
public enum SlowSessions {
  /** What it misses meanwhile is read from the log for it when it takes more. */
  CATCH_UP,
  /** What it misses meanwhile is told as a {@link Gap}. */
  GAP,
  /** It ends. */
  CLOSE;

  /** As it is configured. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static SlowSessions of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
