package io.millrace.gateway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.Failure;
import io.millrace.model.emitter.EmitterStatus.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class NoticeRuleTest {

  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
  private static final SentMail TOLD = new SentMail(Notice.DISABLED, 3, 0, 10, NOW);

  private final NoticeRule rule = rule(5, Duration.ofHours(1));

  @Test
  void aDisabledEmitterIsToldOnceAGeneration() {
    assertThat(rule.notice(status(State.DISABLED, 3, 10, NOW), null)).contains(Notice.DISABLED);
    assertThat(rule.notice(status(State.DISABLED, 3, 10, NOW), TOLD)).isEmpty();
    assertThat(rule.notice(status(State.DISABLED, 2, 10, NOW), TOLD)).isEmpty();
    assertThat(rule.notice(status(State.DISABLED, 4, 10, NOW), TOLD)).contains(Notice.DISABLED);
  }

  @Test
  void aWarningDoesNotKeepBackThatItIsDisabled() {
    SentMail warned = new SentMail(Notice.WARNING, 3, 0, 10, NOW);
    assertThat(rule.notice(status(State.DISABLED, 3, 10, NOW), warned)).contains(Notice.DISABLED);
  }

  @Test
  void warnsAfterSoManyFailuresOrSoLong() {
    assertThat(rule.notice(status(State.RETRYING, 0, 4, NOW), null)).isEmpty();
    assertThat(rule.notice(status(State.RETRYING, 0, 5, NOW), null)).contains(Notice.WARNING);
    Instant before = NOW.minus(Duration.ofHours(1));
    assertThat(rule.notice(status(State.RETRYING, 0, 1, before.plusMillis(1)), null)).isEmpty();
    assertThat(rule.notice(status(State.RETRYING, 0, 1, before), null)).contains(Notice.WARNING);
  }

  @Test
  void warnsOnceADayAndNotOfWhatIsDisabled() {
    EmitterStatus failing = status(State.RETRYING, 3, 5, NOW);
    Instant yesterday = NOW.minus(Duration.ofDays(1));
    assertThat(rule.notice(failing, warned(yesterday.plusMillis(1)))).isEmpty();
    assertThat(rule.notice(failing, warned(yesterday))).contains(Notice.WARNING);
    assertThat(rule.notice(failing, new SentMail(Notice.DISABLED, 3, 0, 10, yesterday))).isEmpty();
  }

  @Test
  void neverWarnsUnlessToldTo() {
    assertThat(
            rule(0, Duration.ZERO)
                .notice(status(State.RETRYING, 0, 999, NOW.minus(Duration.ofDays(9))), null))
        .isEmpty();
  }

  @Test
  void whatRunsAgainInTheSameGenerationIsAnotherEmitterOfThatId() {
    assertThat(NoticeRule.isOfAnother(status(State.RUNNING, 3, 0, NOW), 11, TOLD)).isTrue();
    assertThat(NoticeRule.isOfAnother(status(State.RUNNING, 0, 0, NOW), 11, TOLD)).isTrue();
    assertThat(NoticeRule.isOfAnother(status(State.RUNNING, 3, 0, NOW), 9, TOLD)).isFalse();
    assertThat(NoticeRule.isOfAnother(status(State.RUNNING, 4, 0, NOW), 11, TOLD)).isFalse();
    assertThat(NoticeRule.isOfAnother(status(State.DISABLED, 3, 0, NOW), 11, TOLD)).isFalse();
    SentMail other = new SentMail(Notice.DISABLED, 3, 1, 10, NOW);
    assertThat(NoticeRule.isOfAnother(status(State.RUNNING, 3, 0, NOW), 11, other)).isFalse();
  }

  private static SentMail warned(Instant at) {
    return new SentMail(Notice.WARNING, 3, 0, 10, at);
  }

  private static NoticeRule rule(int failures, Duration after) {
    return new NoticeRule(failures, after, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static EmitterStatus status(State state, long generation, int failures, Instant first) {
    Failure failure =
        state == State.RUNNING ? null : new Failure(7, "e1", failures, first, null, 503, "no");
    return new EmitterStatus("hook", 0, state, generation, failure, failures, NOW);
  }
}
