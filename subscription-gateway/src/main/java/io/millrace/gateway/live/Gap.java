package io.millrace.gateway.live;

/**
 * Events that a session does not get.
 *
 * @param place where they stood
 * @param first id of the first that may be missing; all before it were given, or are in other gaps
 * @param last id of the last that may be missing
 * @param events how many of them the session wanted; -1 if that cannot be known any more
 */
public record Gap(Place place, long first, long last, long events, Reason reason) {

  /** Why. */
  public enum Reason {
    /** The log does not hold them any more. */
    GONE,
    /** The client did not take what it was sent. */
    SLOW,
    /** The log was made anew since; what it holds follows from its beginning. */
    REPLACED,
    /** There is no such place any more: its stream is not one of the gateway's. */
    UNKNOWN
  }

  /** What of it begins with an id. */
  Gap from(long id) {
    return new Gap(place, id, last, -1, reason);
  }

  /** Both, of which the other is the later one. */
  Gap and(Gap other) {
    boolean counted = events >= 0 && other.events >= 0;
    return new Gap(place, first, other.last, counted ? events + other.events : -1, other.reason);
  }
}
