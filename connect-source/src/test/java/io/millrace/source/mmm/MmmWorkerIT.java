package io.millrace.source.mmm;

import static io.millrace.source.SourceWorker.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cloudevents.CloudEvent;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.source.SourceWorker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The source as it is packaged, on a real worker. */
@Timeout(300)
class MmmWorkerIT {

  @TempDir private static Path plugins;
  private static SourceWorker worker;

  private final String name = KafkaFixture.uniqueName("mmm");
  private final String subscription = UUID.randomUUID().toString();
  private MmmServer server;
  private Map<String, String> config;

  @BeforeAll
  static void start() throws Exception {
    worker = new SourceWorker(plugins);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @BeforeEach
  void begin() throws Exception {
    server = MmmServer.start();
    config = SourceWorker.base(MmmSourceConnector.class);
    config.put("url", server.url());
    config.put("subscription.id", subscription);
    config.put("start.after", "0");
    config.put("ack.interval.ms", "100");
  }

  @AfterEach
  void end() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"graphql-transport-ws", "graphql-ws"})
  void whatIsInTheStreamIsAcknowledged(String subprotocol) throws Exception {
    config.put("subprotocol", subprotocol);
    server.publish(1_200);
    try (var started = worker.put(name, config)) {
      List<CloudEvent> events = SourceWorker.events(SourceWorker.topic(config), 1_200);
      assertThat(events)
          .as(started.name())
          .extracting(CloudEvent::getId)
          .isEqualTo(MmmTasks.range(1, 1_200).stream().map(String::valueOf).toList());
      eventually("acknowledgement").until(() -> server.acknowledged(subscription) == 1_200);
    }
  }

  @Test
  void aConnectorThatIsMadeAnewGoesOn() throws Exception {
    server.publish(10);
    try (var started = worker.put(name, config)) {
      assertThat(SourceWorker.read(SourceWorker.topic(config), 10)).as(started.name()).hasSize(10);
    }
    server.publish(10);
    server.control("{'forget':true}");
    try (var started = worker.put(name, config)) {
      assertThat(SourceWorker.events(SourceWorker.topic(config), 20))
          .as(started.name())
          .extracting(CloudEvent::getId)
          .isEqualTo(MmmTasks.range(1, 20).stream().map(String::valueOf).toList());
    }
  }

  @Test
  void aResetOfOffsetsUnsubscribesIfThatIsWanted() throws Exception {
    config.put("unsubscribe.on.offset.reset", "true");
    server.publish(10);
    try (var started = worker.put(name, config)) {
      assertThat(SourceWorker.read(SourceWorker.topic(config), 10)).as(started.name()).hasSize(10);
      eventually("stop").until(() -> worker.call("PUT", "/connectors/" + name + "/stop") < 300);
      eventually("no task")
          .until(() -> worker.get("/connectors/" + name + "/status").path("tasks").isEmpty());
      assertThat(server.acknowledged(subscription)).isNotEqualTo(-1);
      eventually("reset")
          .until(() -> worker.call("DELETE", "/connectors/" + name + "/offsets") == 200);
      assertThat(server.acknowledged(subscription)).isEqualTo(-1);
    }
  }

  @Test
  void aStopOfTheConnectorLeavesTheSubscription() throws Exception {
    config.put("unsubscribe.on.offset.reset", "true");
    server.publish(10);
    try (var started = worker.put(name, config)) {
      assertThat(SourceWorker.read(SourceWorker.topic(config), 10)).as(started.name()).hasSize(10);
      eventually("acknowledgement").until(() -> server.acknowledged(subscription) == 10);
    }
    assertThat(server.acknowledged(subscription)).isEqualTo(10);
  }

  @Test
  void whatAPersonMustMendIsInTheStatus() throws Exception {
    config.put("connection.check", "false");
    server.control("{'set':{'handshakeStatus':403}}");
    assertThat(worker.putToFail(name, config))
        .contains("has answered the WebSocket's handshake with status 403: check the identity");
  }

  @Test
  void allThatIsWrongIsFoundAtOnce() throws Exception {
    config.put("url", "mmm.example:8021");
    config.put("subscription.id", "mine");
    config.put("graphql.path", "graphql");
    config.put("start.after", "-1");
    config.put("event.type", "renamed");
    config.put("event.source", "a b");
    config.put("identity.type", "basic");
    config.put("subprotocol", "mqtt");
    assertThat(worker.problems(config))
        .containsOnlyKeys(
            "url",
            "subscription.id",
            "graphql.path",
            "start.after",
            "event.type",
            "event.source",
            "identity.username",
            "identity.password",
            "subprotocol");
  }

  @Test
  void whatDoesNotGoTogetherIsFound() throws Exception {
    config.put("ack.limit", "10");
    config.put("ack.events", "11");
    config.put("ping.interval.ms", "60000");
    assertThat(worker.problems(config))
        .hasEntrySatisfying("ack.events", told -> assertThat(told.toString()).contains("ack.limit"))
        .hasEntrySatisfying(
            "ping.interval.ms", told -> assertThat(told.toString()).contains("idle.timeout.ms"))
        .hasSize(2);
  }

  @Test
  void credentialsAreTriedBeforeTheConnectorIsTaken() throws Exception {
    assertThat(worker.problems(config)).isEmpty();
    server.control("{'credentials':'Bearer other'}");
    assertThat(worker.problems(config))
        .hasEntrySatisfying(
            "identity.type",
            told -> assertThat(told.toString()).contains("answers 401", "check the identity"))
        .hasSize(1);
    assertThat(server.seen().path("subscriptions")).isEmpty();
  }

  @Test
  void aTokenThatCannotBeHadIsToldAtItsEndpoint() throws Exception {
    HttpServer tokens =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tokens.start();
    try {
      config.put("identity.type", "oauth2");
      config.put("identity.token.url", "http://127.0.0.1:" + tokens.getAddress().getPort() + "/");
      config.put("identity.client.id", "me");
      config.put("identity.client.secret", "s3cret");
      assertThat(worker.problems(config)).containsOnlyKeys("identity.token.url");
    } finally {
      tokens.stop(0);
    }
  }
}
