package io.millrace.source.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.source.push.Continuity.Resumption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ContinuityTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private Instant now = NOON;
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneOffset getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };

  @Test
  void hasNoBeginningBeforeTheFirstEvents() {
    Continuity continuity = from(null);

    assertThat(continuity.resume()).isEqualTo(new Resumption(null, NOON));
    assertThat(continuity.resume()).isNull();
  }

  @Test
  void goesOnFromWhatKafkaHasAfterARestart() {
    Continuity continuity = from(NOON.minusSeconds(100));

    assertThat(continuity.resume()).isEqualTo(new Resumption(NOON.minusSeconds(100), NOON));
  }

  @Test
  void believesItsOwnClockIfTheOffsetIsOfTheFuture() {
    assertThat(from(NOON.plusSeconds(5)).resume()).isEqualTo(new Resumption(NOON, NOON));
  }

  @Test
  void knowsABreakFromTheLastThatWasHeardOrTheLongestSilence() {
    Continuity continuity = running();
    after(5);
    continuity.heard();
    after(3);
    continuity.ended();
    assertThat(continuity.resume()).isEqualTo(new Resumption(NOON.plusSeconds(5), now));

    after(100);
    continuity.ended();
    assertThat(continuity.resume()).isEqualTo(new Resumption(now.minusSeconds(10), now));
  }

  @Test
  void isOneBreakWhileEventsDoNotComeAgain() {
    Continuity continuity = running();
    continuity.ended();
    after(20);
    continuity.heard();
    continuity.ended();

    assertThat(continuity.resume()).isEqualTo(new Resumption(NOON, NOON.plusSeconds(20)));
  }

  @Test
  void takesWhatIsReadAfterAPauseForAsOldAsThePause() {
    Continuity continuity = running();
    continuity.pause();
    after(60);
    continuity.pause();
    after(60);
    assertThat(continuity.heard()).isEqualTo(NOON);
    continuity.ended();
    assertThat(continuity.resume()).isEqualTo(new Resumption(NOON, now));
  }

  @Test
  void knowsTheTimeAgainOnceWhatWaitedIsRead() {
    Continuity continuity = running();
    continuity.pause();
    after(60);
    continuity.caughtUp();

    assertThat(continuity.heard()).isEqualTo(now);
  }

  @Test
  void knowsWhatTheServerHasLeftOut() {
    Continuity continuity = running();
    continuity.ended();
    after(20);
    continuity.resume();
    after(1);
    continuity.heard();
    assertThat(continuity.lost()).isEqualTo(new Resumption(NOON, now));

    continuity.arrived();
    after(5);
    continuity.heard();
    assertThat(continuity.lost()).isEqualTo(new Resumption(now.minusSeconds(5), now));
  }

  private Continuity running() {
    Continuity continuity = from(null);
    continuity.resume();
    return continuity;
  }

  private Continuity from(Instant seen) {
    return new Continuity(
        seen == null ? null : new PushPosition(seen, null), Duration.ofSeconds(10), clock);
  }

  private void after(long seconds) {
    now = now.plusSeconds(seconds);
  }
}
