package io.millrace.gateway.foundry.kept;

import io.millrace.gateway.live.Place;

/**
 * Where an event stands that was pushed and is not acknowledged.
 *
 * @param id the event's in its place: the Kafka offset + 1
 * @param logged the log's time of the event, in milliseconds since 1970
 */
public record KeptPlace(Place place, long id, long logged) {}
