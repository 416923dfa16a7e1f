package io.millrace.gateway.mail;

import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.State;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a status is told to the emitter's owner: once a generation, warnings once a day.
 */
final class NoticeRule {

  private static final Duration BETWEEN_WARNINGS = Duration.ofDays(1);

  private final int warnFailures;
  private final Duration warnAfter;
  private final Clock clock;

  NoticeRule(int warnFailures, Duration warnAfter, Clock clock) {
    this.warnFailures = warnFailures;
    this.warnAfter = warnAfter;
    this.clock = clock;
  }

  /**
   * What is to be told.
   *
   * @param last the last mail about the emitter
   */
  Optional<Notice> notice(EmitterStatus status, @Nullable SentMail last) {
    boolean told =
        last != null
            && last.notice() == Notice.DISABLED
            && last.generation() >= status.generation();
    if (status.state() == State.DISABLED) {
      return told ? Optional.empty() : Optional.of(Notice.DISABLED);
    }
    return !told && status.state() == State.RETRYING && isLong(status) && mayWarn(last)
        ? Optional.of(Notice.WARNING)
        : Optional.empty();
  }

  /**
   * Whether the last mail was about another emitter, of the same id and removed since: what is
   * disabled does not run again in the same generation.
   *
   * @param offset of the status
   */
  static boolean isOfAnother(EmitterStatus status, long offset, SentMail last) {
    return status.state() != State.DISABLED
        && last.notice() == Notice.DISABLED
        && last.partition() == status.partition()
        && last.generation() >= status.generation()
        && offset > last.offset();
  }

  private boolean isLong(EmitterStatus status) {
    boolean often = warnFailures > 0 && status.consecutiveFailures() >= warnFailures;
    EmitterStatus.Failure failure = status.failure();
    boolean old =
        !warnAfter.isZero()
            && failure != null
            && !failure.first().plus(warnAfter).isAfter(clock.instant());
    return often || old;
  }

  private boolean mayWarn(@Nullable SentMail last) {
    return last == null || !last.at().plus(BETWEEN_WARNINGS).isAfter(clock.instant());
  }
}
