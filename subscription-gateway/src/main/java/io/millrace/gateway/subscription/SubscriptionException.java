package io.millrace.gateway.subscription;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was asked of a subscription could not be done; the message is a sentence for the client. */
public final class SubscriptionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Reason {
    /** The id, the stream, the filter or the event id cannot be. */
    INVALID,
    /** There is no such subscription. */
    UNKNOWN,
    /** Another consumer holds it; see {@link #retryAfter}. */
    HELD,
    /** There is one of this id already. */
    EXISTS,
    /** It belongs to another user. */
    FORBIDDEN,
    /** Its owner has as many as one may have. */
    QUOTA,
    /** The event was not delivered yet, so it cannot be acknowledged. */
    NOT_DELIVERED,
    /** The session is over, or a newer one has taken its place. */
    FENCED,
    /** Kafka did not answer in time; whether it was done is not known. */
    UNAVAILABLE
  }

  private final Reason reason;
  private final transient @Nullable Duration retryAfter;

  SubscriptionException(Reason reason, String message) {
    this(reason, message, (Throwable) null);
  }

  SubscriptionException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.retryAfter = null;
  }

  SubscriptionException(Reason reason, String message, Duration retryAfter) {
    super(message);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  /** After which it may be worth to ask again, where that is known. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  public Reason reason() {
    return reason;
  }
}
