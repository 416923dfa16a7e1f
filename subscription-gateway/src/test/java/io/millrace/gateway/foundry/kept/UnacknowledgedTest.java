package io.millrace.gateway.foundry.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.live.Place;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnacknowledgedTest {

  private static final Place PLACE = new Place("bank", 0);

  private final Unacknowledged kept = new Unacknowledged(3, Duration.ofMillis(100));

  private static KeptPlace place(long id) {
    return new KeptPlace(PLACE, id, id * 10);
  }

  private static List<KeptPlace> places(long... ids) {
    return Arrays.stream(ids).mapToObj(UnacknowledgedTest::place).toList();
  }

  @Test
  void forgetsWhatIsAcknowledgedInAnyOrder() {
    kept.pushed(place(1), "a");
    kept.pushed(place(2), "b");
    kept.pushed(place(3), "c");

    assertThat(kept.acknowledge("c")).isTrue();
    assertThat(kept.acknowledge("a")).isTrue();
    assertThat(kept.acknowledge("a")).isFalse();
    assertThat(kept.acknowledge("never pushed")).isFalse();
    assertThat(kept.places()).isEqualTo(places(2));
  }

  @Test
  void takesAnAcknowledgementForTheFirstOfThoseWithTheSameId() {
    kept.pushed(place(1), "a");
    kept.pushed(place(2), "a");

    kept.acknowledge("a");

    assertThat(kept.places()).isEqualTo(places(2));
  }

  @Test
  void givesUpTheOldestForNewerOnes() {
    kept.pushed(place(1), "a");
    kept.pushed(place(2), "b");
    kept.pushed(place(3), "c");

    assertThat(kept.pushed(place(4), "d")).isEqualTo(1);
    assertThat(kept.places()).isEqualTo(places(2, 3, 4));
    assertThat(kept.acknowledge("a")).isFalse();
  }

  @Test
  void givesUpWhatIsTooOld() {
    kept.pushed(place(1), "a");
    kept.pushed(place(2), "b");

    assertThat(kept.expire(110)).isZero();
    assertThat(kept.expire(111)).isEqualTo(1);
    assertThat(kept.places()).isEqualTo(places(2));
    assertThat(kept.acknowledge("a")).isFalse();
  }

  @Test
  void whatAnotherConnectionHasLeftCanBeAcknowledgedWhenItIsPushedAgain() {
    kept.restore(places(1, 2));

    assertThat(kept.acknowledge("a")).isFalse();
    kept.pushed(place(1), "a");
    kept.pushed(place(1), "a");
    assertThat(kept.acknowledge("a")).isTrue();
    assertThat(kept.acknowledge("a")).isFalse();
    assertThat(kept.places()).isEqualTo(places(2));
  }

  @Test
  void forgetsWhatIsNotWantedAnyMore() {
    kept.restore(places(1));
    kept.pushed(place(2), "b");

    kept.drop(place(1));
    kept.drop(place(2));

    assertThat(kept.places()).isEmpty();
    assertThat(kept.acknowledge("b")).isFalse();
  }
}
