package io.millrace.gateway.live;

/**
 * Takes what a session gets, one thing at a time; events of one partition come in the order of the
 * log. Called by threads that serve many sessions: nothing here may block.
 */
public interface LiveReceiver {

  /**
   * First of all, once.
   *
   * @param position where the session begins: whatever is behind this comes
   */
  default void begun(Positions position) {}

  /** Whether it takes more now; if not, {@link LiveSession#drained} tells when it does again. */
  boolean ready();

  /**
   * One event that the session wants and may see; only while {@link #ready}.
   *
   * @param more whether it may wait for others, until {@link #flush}
   */
  void event(LiveEvent event, boolean more);

  /** Whatever waits for others is sent now. */
  void flush();

  /** Some events are missing here. */
  void gap(Gap gap);

  /**
   * The session has ended by itself, and nothing more comes.
   *
   * @param reason goes on where the session begins the sentence
   */
  void ended(Ending ending, String reason);

  /** Why a session ends by itself. */
  enum Ending {
    /** The client did not take what it was sent. */
    SLOW,
    /** Something failed in the gateway. */
    FAILED
  }
}
