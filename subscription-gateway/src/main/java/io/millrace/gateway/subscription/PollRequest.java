package io.millrace.gateway.subscription;

import io.millrace.filter.audience.Viewer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer asks for.
 *
 * @param consumer name that it has chosen; whoever comes with it is the same consumer
 * @param offset id of the last event that it has taken; without it, the stored position
 * @param limit most events
 * @param timeout how long it waits for events
 * @param sessionTimeout how long it may be silent before another may take its place
 * @param autoCommit how often the offset that it asks with is stored, and when it falls silent;
 *     null for never
 * @param viewer who asks, for each event; gets what he may see then
 */
public record PollRequest(
    String consumer,
    OptionalLong offset,
    int limit,
    Duration timeout,
    Duration sessionTimeout,
    @Nullable Duration autoCommit,
    Supplier<Viewer> viewer) {

  /** For somebody who may see what is open to everybody. */
  public PollRequest(
      String consumer,
      OptionalLong offset,
      int limit,
      Duration timeout,
      Duration sessionTimeout,
      @Nullable Duration autoCommit) {
    this(consumer, offset, limit, timeout, sessionTimeout, autoCommit, () -> Viewer.STRANGER);
  }

  public PollRequest {
    if (limit < 1 || timeout.isNegative() || sessionTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("a poll has a limit, a time-out and a session time-out");
    }
    if (offset.orElse(0) < 0) {
      throw new IllegalArgumentException("no event has the offset " + offset.getAsLong());
    }
  }
}
