package io.millrace.server.events;

/**
 * How many events went which way since the bus was made.
 *
 * @param raised that stand in the event bus
 * @param dropped that were not raised since too many waited
 * @param failed that were not raised for any other reason
 * @param handled that all their subscribers have handled
 * @param attemptsFailed attempts that ended with an exception
 * @param deadLettered that stand among the dead letters
 * @param unreadable records of the stream that are no events, or have no topic
 */
public record EventCounts(
    long raised,
    long dropped,
    long failed,
    long handled,
    long attemptsFailed,
    long deadLettered,
    long unreadable) {}
