package io.millrace.gateway.live;

import io.millrace.filter.audience.Audience;
import java.util.function.Supplier;

/**
 * What all sessions have in common.
 *
 * @param ends where the newest ends of all partitions are when it is asked
 */
record Shared(Interests interests, Audience audience, Supplier<Offsets> ends) {}
