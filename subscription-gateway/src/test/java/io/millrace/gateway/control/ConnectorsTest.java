package io.millrace.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.control.connect.ConnectClient;
import io.millrace.gateway.control.connect.FakeConnect;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.kafka.MillraceTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorsTest {

  private static final Set<EmitterType> FILE = Set.of(EmitterType.FILE);
  private static final Set<EmitterType> NONE = Set.of();
  private static final String PUT = "PUT /connectors/mr-file/config";
  private static final String RESTART =
      "POST /connectors/mr-file/restart?includeTasks=true&onlyFailed=true";

  private final ManualClock clock = new ManualClock();
  private final FakeConnect connect = FakeConnect.start();
  private final ConnectorSettings settings = settings(Map.of());
  private final AtomicInteger restarts = new AtomicInteger();
  private final Connectors connectors = connectors(settings);

  @AfterEach
  void stop() {
    connect.close();
  }

  @Test
  void createsAConnectorForATypeInUse() throws Exception {
    connectors.reconcile(FILE);
    assertThat(connect.changes()).containsExactly(PUT);
    assertThat(connect.connectors()).containsOnlyKeys("mr-file");
    assertThat(connect.connectors().get("mr-file")).isEqualTo(settings.of(EmitterType.FILE));
  }

  @Test
  void leavesAConnectorThatIsAsItShouldBe() throws Exception {
    connect.add("mr-file", settings.of(EmitterType.FILE));
    connectors.reconcile(FILE);
    assertThat(connect.changes()).isEmpty();
    assertThat(connectors.states())
        .containsEntry("connect", "reachable")
        .containsEntry("connector mr-file", "RUNNING");
    assertThat(connectors.remaining()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void configuresAConnectorAnewWhenItDiffers() throws Exception {
    connect.add("mr-file", settings(Map.of("connect.tasks.max", "7")).of(EmitterType.FILE));
    connectors.reconcile(FILE);
    assertThat(connect.changes()).containsExactly(PUT);
    assertThat(connect.connectors().get("mr-file")).containsEntry("tasks.max", "1");
  }

  @Test
  void doesNotWriteAgainstAnotherGatewayWithoutEnd() throws Exception {
    for (int i = 0; i < 10; i++) {
      connect.add("mr-file", settings(Map.of("connect.tasks.max", "7")).of(EmitterType.FILE));
      connectors.reconcile(FILE);
      clock.advance(Duration.ofMillis(500));
    }
    assertThat(connect.changes()).hasSizeBetween(3, 4);
  }

  @Test
  void deletesTheConnectorOfATypeThatNoEmitterHas() throws Exception {
    connect.add("mr-file", settings.of(EmitterType.FILE));
    connectors.reconcile(NONE);
    assertThat(connect.changes()).containsExactly("DELETE /connectors/mr-file");
    assertThat(connectors.states()).containsOnlyKeys("connect");
  }

  @Test
  void neverTouchesAConnectorOfSomebodyElse() throws Exception {
    Map<String, String> foreign = Map.of("connector.class", "their.Sink", "topics", "t");
    Map<String, String> otherPrefix = new HashMap<>(settings.of(EmitterType.CONSOLE));
    otherPrefix.put("topic.prefix", "other");
    connect.add("mr-file", foreign);
    connect.add("mr-console", otherPrefix);
    connect.add("unrelated", foreign);
    connect.states("mr-file", "FAILED", "FAILED");
    connectors.reconcile(FILE);
    connectors.reconcile(NONE);
    assertThat(connect.changes()).isEmpty();
    connectors.reconcile(FILE);
    assertThat(connectors.states().get("connector mr-file")).contains("somebody else");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409})
  void triesAgainSoonWhileConnectStartsOrRebalances(int status) throws Exception {
    connect.failNext(404, 404, 404, status); // File, the third, is not there and cannot be put.
    connectors.reconcile(FILE);
    assertThat(connectors.remaining()).isEqualTo(Duration.ofMillis(200).toNanos());
    connectors.reconcile(FILE);
    clock.advance(Duration.ofMillis(200));
    connectors.reconcile(FILE);
    assertThat(connect.connectors()).containsKey("mr-file");
  }

  @Test
  void waitsLongerAfterEachRefusalAndTellsTheReason() throws Exception {
    for (int seconds : new int[] {1, 2, 4}) {
      connect.failNext(404, 404, 404, 500); // File, the third, is not there and cannot be put.
      connectors.reconcile(FILE);
      assertThat(connectors.remaining()).isEqualTo(Duration.ofSeconds(seconds).toNanos());
      assertThat(connectors.states().get("connector mr-file")).contains("500: because of that");
      assertThat(connectors.states()).containsEntry("connect", "reachable");
      clock.advance(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void asksNobodyElseWhileConnectIsUnreachable() throws Exception {
    connect.failNext(503);
    connectors.reconcile(FILE);
    assertThat(connect.requests()).hasSize(1);
    assertThat(connectors.states().get("connect")).contains("503");
    connectors.reconcile(FILE);
    assertThat(connect.requests()).isEmpty();
    assertThat(connectors.remaining()).isEqualTo(Duration.ofMillis(500).toNanos());
    clock.advance(Duration.ofMillis(500));
    connectors.reconcile(FILE);
    assertThat(connect.connectors()).containsKey("mr-file");
    assertThat(connectors.states()).containsEntry("connect", "reachable");
  }

  @Test
  void restartsFailedTasksWithGrowingWaits() throws Exception {
    connect.add("mr-file", settings.of(EmitterType.FILE));
    connect.states("mr-file", "RUNNING", "FAILED");
    connectors.reconcile(FILE);
    assertThat(connect.changes()).containsExactly(RESTART);
    connectors.reconcile(FILE);
    clock.advance(Duration.ofSeconds(1));
    connectors.reconcile(FILE);
    clock.advance(Duration.ofSeconds(1));
    connectors.reconcile(FILE);
    assertThat(connect.changes()).containsExactly(RESTART);
    assertThat(restarts).hasValue(2);
    assertThat(connectors.states()).containsEntry("connector mr-file", "RUNNING, task 0 FAILED");
  }

  @Test
  void leavesAPausedConnectorPaused() throws Exception {
    connect.add("mr-file", settings.of(EmitterType.FILE));
    connect.states("mr-file", "PAUSED", "PAUSED");
    connectors.reconcile(FILE);
    assertThat(connect.changes()).isEmpty();
    assertThat(connectors.states()).containsEntry("connector mr-file", "PAUSED");
  }

  private Connectors connectors(ConnectorSettings desired) {
    ConnectClient client = new ConnectClient(List.of(connect.url()), null, Duration.ofSeconds(10));
    return new Connectors(client, desired, clock, restarts::incrementAndGet);
  }

  private static ConnectorSettings settings(Map<String, String> config) {
    return new ConnectorSettings(
        ControlConfigTest.config(config), new MillraceTopics("mr"), "kafka:9092");
  }
}
