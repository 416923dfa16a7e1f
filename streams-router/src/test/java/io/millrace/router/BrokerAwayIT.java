package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.RestartableKafka;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

class BrokerAwayIT {

  @Test
  void routingAndDefinitionsGoOnWhenTheBrokerIsBack() throws Exception {
    try (RestartableKafka kafka = KafkaFixture.start();
        TestCluster cluster = new TestCluster(kafka.bootstrapServers(), "away")) {
      cluster.createStream("s");
      cluster.define("x", "\"topics\": []");
      try (Router router = Router.start(cluster.config(Map.of()), new SimpleMeterRegistry())) {
        cluster.publish("s", "1", "a");
        eventually(() -> assertThat(cluster.routed("x")).contains("1"));
        kafka.restart();
        cluster.publish("s", "2", "a");
        eventually(() -> assertThat(cluster.routed("x")).contains("1", "2"));
        cluster.define("y", "\"topics\": []");
        eventually(
            () ->
                assertThat(router.health().parts())
                    .containsEntry("emitters", "2 routed, 0 waiting"));
        cluster.publish("s", "3", "a");
        eventually(() -> assertThat(cluster.routed("y")).contains("3"));
        assertThat(router.health().ready()).isTrue();
      }
    }
  }

  private static void eventually(ThrowingRunnable check) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(check);
  }
}
