package io.millrace.emitter.powerbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.emitter.Events;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.task.EmitterSpec;
import io.millrace.model.emitter.EmitterType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PowerBiEmitterTest {

  private static final String COLUMNS =
      """
      [{"name":"Order","type":"String","lookup":"event.id"},
       {"name":"Amount","type":"Double","lookup":"amount"},
       {"name":"At","type":"DateTime","lookup":"at"}]
      """;

  private final ManualClock clock = new ManualClock();
  private PowerBiServer server;
  private PowerBiOutlet outlet;

  @BeforeEach
  void start() throws Exception {
    server = new PowerBiServer(clock, 50);
    outlet = outlet(server.url() + "/tenant/oauth2/v2.0/token");
  }

  @AfterEach
  void stop() {
    outlet.close();
    server.close();
  }

  @Test
  void anEventIsARowOfItsColumns() throws Exception {
    assertThat(emit(emitter(), "{\"amount\":1.5,\"at\":\"2026-01-31\"}", "{\"amount\":2}"))
        .isEqualTo(Outcome.DELIVERED);
    assertThat(server.rows())
        .extracting(Object::toString)
        .containsExactly(
            "{\"Order\":\"0\",\"Amount\":1.5,\"At\":\"2026-01-31T00:00:00\"}",
            "{\"Order\":\"1\",\"Amount\":2.0,\"At\":null}");
    assertThat(server.posts()).isEqualTo(1);
  }

  @Test
  void aTokenServesUntilItIsNotTakenAndIsThenReplacedOnce() throws Exception {
    Emitter emitter = emitter();
    emit(emitter, "{\"amount\":1}");
    emit(emitter, "{\"amount\":1}");
    assertThat(server.tokens()).isEqualTo(1);
    server.expireToken();
    assertThat(emit(emitter, "{\"amount\":1}")).isEqualTo(Outcome.DELIVERED);
    assertThat(server.tokens()).isEqualTo(2);
  }

  @Test
  void aValueThatTheColumnDoesNotTakeIsRejectedWithItsName() throws Exception {
    assertThat(emit(emitter(), "{\"amount\":\"much\"}"))
        .isEqualTo(Outcome.rejected("column Amount takes numbers, and the value is another text"));
    assertThat(server.posts()).isZero();
  }

  @Test
  void whatStandsBeforeABadRowIsPosted() throws Exception {
    assertThat(emit(emitter(), "{\"amount\":1}", "{\"amount\":2}", "{\"amount\":[]}", "{}"))
        .isEqualTo(
            new Outcome.Partly(
                2,
                Outcome.rejected(
                    "column Amount takes numbers, and the value is a list or a context")));
    assertThat(server.rows()).hasSize(2);
  }

  @Test
  void aRowThatTheServiceDoesNotTakeIsRejectedWithoutItsMessage() throws Exception {
    assertThat(emit(emitter(), "{}")).isEqualTo(new Outcome.Rejected("HTTP 400 (BadRequest)", 400));
  }

  @Test
  void aBatchThatIsTooLargeIsRejectedToBeHalvedAndTheNextOnesAreSmaller() throws Exception {
    Emitter emitter = emitter();
    assertThat(emitter.batch()).isEqualTo(10_000);
    assertThat(emit(emitter, rows(60)))
        .isEqualTo(new Outcome.Rejected("HTTP 413 (RequestEntityTooLarge)", 413));
    assertThat(emitter.batch()).isEqualTo(30);
    assertThat(emit(emitter, rows(30))).isEqualTo(Outcome.DELIVERED);
  }

  @Test
  void aDatasetOrTableThatIsNotThereIsRefused() throws Exception {
    assertThat(emit(emitter(outlet, Map.of("id", "other/one")), "{\"amount\":1}"))
        .isEqualTo(new Outcome.Refused("HTTP 404 (ItemNotFound)", 404));
    assertThat(emit(emitter(outlet, Map.of("group", "g")), "{\"amount\":1}"))
        .isEqualTo(new Outcome.Refused("HTTP 404 (ItemNotFound)", 404));
  }

  @Test
  void aThrottleHoldsForAllLanesOfTheDataset() throws Exception {
    Emitter emitter = emitter();
    server.throttle("Retry in 17 seconds.");
    assertThat(emit(emitter, "{\"amount\":1}"))
        .isEqualTo(new Outcome.Retry("HTTP 429 (TooManyRequests)", 429, Duration.ofSeconds(17)));
    assertThat(emit(emitter(), "{\"amount\":1}"))
        .isEqualTo(new Outcome.Postponed(Duration.ofSeconds(17)));
    clock.forward(Duration.ofSeconds(17));
    assertThat(emit(emitter(), "{\"amount\":1}")).isEqualTo(Outcome.DELIVERED);
  }

  @Test
  void neverPostsMoreThanTheDatasetTakesInAMinute() throws Exception {
    List<Emitter> lanes = List.of(emitter(), emitter(outlet, Map.of("columns", COLUMNS)));
    int delivered = 0;
    for (int i = 0; i < 130; i++) {
      delivered += emit(lanes.get(i % 2), "{\"amount\":1}").equals(Outcome.DELIVERED) ? 1 : 0;
    }
    assertThat(delivered).isEqualTo(120);
    clock.forward(Duration.ofMinutes(1));
    assertThat(emit(lanes.get(0), "{\"amount\":1}")).isEqualTo(Outcome.DELIVERED);
    assertThat(server.throttled()).isZero();
  }

  @Test
  void neverHasMorePostsUnderWayThanTheDatasetTakes() throws Exception {
    Emitter emitter = emitter();
    emit(emitter, "{\"amount\":1}");
    server.hold();
    List<CompletableFuture<Outcome>> under = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      under.add(begin(emitter, "{\"amount\":1}"));
    }
    assertThat(begin(emitter, "{\"amount\":1}").get(60, TimeUnit.SECONDS))
        .isInstanceOf(Outcome.Postponed.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> server.mostPending() == 5);
    server.letGo();
    for (CompletableFuture<Outcome> each : under) {
      assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(Outcome.DELIVERED);
    }
    assertThat(server.throttled()).isZero();
  }

  @Test
  void aTokenUrlOfAnotherHostIsNotCalled() throws Exception {
    try (PowerBiOutlet other = outlet("http://localhost:1/token")) {
      assertThat(emit(emitter(other, Map.of()), "{\"amount\":1}"))
          .isInstanceOfSatisfying(
              Outcome.Refused.class,
              refused -> assertThat(refused.cause()).contains(server.url(), "tokenUrl"));
    }
  }

  @Test
  void aServiceThatIsDownIsTriedAgain() throws Exception {
    Emitter emitter = emitter();
    emit(emitter, "{\"amount\":1}");
    server.close();
    assertThat(emit(emitter, "{\"amount\":1}")).isInstanceOf(Outcome.Retry.class);
  }

  private PowerBiOutlet outlet(String tokenUrl) {
    Map<String, String> props = new HashMap<>();
    props.put("powerbi.base.url", server.url() + "/");
    props.put("powerbi.login.url", server.url());
    props.put("request.timeout.ms", "60000");
    props.put("identity.type", "oauth2");
    props.put("identity.token.url", tokenUrl);
    props.put("identity.client.id", "client");
    props.put("identity.client.secret", "secret");
    return PowerBiOutlet.open(props, SystemDefaultDnsResolver.INSTANCE, clock, clock);
  }

  private Emitter emitter() {
    return emitter(outlet, Map.of());
  }

  private static Emitter emitter(PowerBiOutlet outlet, Map<String, String> more) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("id", "d-1");
    parameters.put("schema", "Sales");
    parameters.put("name", "Orders");
    parameters.put("columns", COLUMNS);
    parameters.putAll(more);
    return outlet.open(
        new EmitterSpec("e", null, null, Events.parameters(EmitterType.POWER_BI, parameters)));
  }

  private static Outcome emit(Emitter emitter, String... data) throws Exception {
    return begin(emitter, data).get(60, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Outcome> begin(Emitter emitter, String... data) {
    List<Emission> emissions = new ArrayList<>();
    for (String each : data) {
      int offset = emissions.size();
      TopicPartition partition = new TopicPartition("source", 0);
      emissions.add(
          new Emission("e", partition, offset, null, Events.event(Integer.toString(offset), each)));
    }
    return emitter.emit(emissions).toCompletableFuture();
  }

  private static String[] rows(int count) {
    String[] data = new String[count];
    Arrays.fill(data, "{\"amount\":1}");
    return data;
  }
}
