package io.millrace.model.subscription;

/**
 * Whose session serves a subscription; the last one in the log holds.
 *
 * @param node the gateway that has the session
 * @param released the session is over; means nothing if another one holds by now
 */
public record SubscriptionClaim(String node, String session, boolean released) {}
