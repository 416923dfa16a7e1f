package io.millrace.model.emitter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.emitter.EmitterStatus.Failure;
import io.millrace.model.emitter.EmitterStatus.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatusJsonTest {

  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123456789Z");

  @Test
  void isReadBackEqual() {
    EmitterStatus running = new EmitterStatus("e", 0, State.RUNNING, 3, null, 0, NOON);
    Failure failure = new Failure(17, "id-1", 4, NOON, NOON.plusSeconds(8), 503, "HTTP 503");
    EmitterStatus retrying = new EmitterStatus("e", 1, State.RETRYING, 3, failure, 4, NOON);
    Failure last = new Failure(17, "id-1", 10, NOON, null, null, "connection refused");
    EmitterStatus disabled = new EmitterStatus("e", 1, State.DISABLED, 3, last, 10, NOON);
    for (EmitterStatus status : new EmitterStatus[] {running, retrying, disabled}) {
      assertThat(StatusJson.read(StatusJson.write(status))).contains(status);
    }
  }

  @Test
  void propertiesOfNewerReleasesArePassedOver() {
    String json =
        new String(
            StatusJson.write(new EmitterStatus("e", 0, State.RUNNING, 0, null, 0, NOON)), UTF_8);
    assertThat(StatusJson.read(json.replaceFirst("\\{", "{\"colour\":\"red\",").getBytes(UTF_8)))
        .isPresent();
  }

  @Test
  void whatIsNoStatusIsNone() {
    assertThat(StatusJson.read("[]".getBytes(UTF_8))).isEmpty();
    assertThat(StatusJson.read("{\"emitterId\":\"a b\"}".getBytes(UTF_8))).isEmpty();
    assertThat(StatusJson.read("null".getBytes(UTF_8))).isEmpty();
  }
}
