package io.millrace.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {

  @Test
  void areReadAsTheyAreWritten() {
    Positions positions = new Positions(Map.of(new Place("des", 1), 7L, new Place("a.b-c", 0), 0L));

    assertThat(positions).hasToString("a.b-c:0:0,des:1:7");
    assertThat(Positions.parse(positions.toString())).isEqualTo(positions);
  }

  @Test
  void theHighestOfAPlaceCounts() {
    Positions positions = Positions.parse("des:0:5,events:0:1, des:0:9,des:0:7");

    assertThat(positions.at(new Place("des", 0))).hasValue(9);
    assertThat(positions.at(new Place("des", 1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "des", "des:0", "des:0:-1", "des:0:x", "des:0:1,", ":0:1", "a:b:0:1"})
  void othersAreRefused(String text) {
    assertThatThrownBy(() -> Positions.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be positions");
  }
}
