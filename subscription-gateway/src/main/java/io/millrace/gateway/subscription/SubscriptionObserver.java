package io.millrace.gateway.subscription;

import io.millrace.gateway.stream.StreamedEvent;
import java.util.List;

/**
 * A client's end of a {@link Session}. Calls come one at a time, on threads that serve other
 * clients too, so they must not block; nothing comes after {@link #ended}. What an observer throws
 * ends its session.
 */
public interface SubscriptionObserver {

  /** Some events, in the order of the log: at most as many as the pace allows, at least one. */
  void events(List<StreamedEvent> chunk);

  /**
   * The log no longer has what stood after the acknowledged position: retention was faster than the
   * client. Comes before the events that follow the gap, without being asked for.
   *
   * @param first id of the first event that is gone, whether it would have matched or not
   * @param last id of the last one
   */
  void gap(long first, long last);

  /** The session is over; called once, also after {@link Session#close}. */
  void ended(SessionEnd why);
}
