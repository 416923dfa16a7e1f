package io.millrace.gateway.subscription;

import io.millrace.model.subscription.SubscriptionDefinition;

/**
 * How a subscription is.
 *
 * @param connected a client is connected, to this node or another
 * @param acknowledged id of the last event acknowledged; 0 before the first
 * @param delivered id of the last event ever delivered, at least {@code acknowledged}
 * @param undelivered how many events in the log match and are not acknowledged; exact
 * @param firstAvailable id of the oldest event in the log; what lies between {@code acknowledged}
 *     and it is lost
 */
public record SubscriptionStatus(
    SubscriptionDefinition definition,
    boolean connected,
    long acknowledged,
    long delivered,
    long undelivered,
    long firstAvailable) {}
