package io.millrace.source.acronis;

import static io.millrace.source.acronis.AcronisTasks.SUBSCRIPTION;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.source.SourceWorker;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The source as it is packaged, on a real worker. */
class AcronisWorkerIT {

  @TempDir private static Path plugins;
  private static SourceWorker worker;

  private AcronisServer server;

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
    server = new AcronisServer();
    server.knows(SUBSCRIPTION);
  }

  @AfterEach
  void end() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "converters.ByteArrayConverter,converters.ByteArrayConverter,converters.ByteArrayConverter",
    "storage.StringConverter,storage.StringConverter,storage.SimpleHeaderConverter",
    "storage.StringConverter,json.JsonConverter,storage.StringConverter"
  })
  void eventsAreCloudEventsOnTheStreamByEachConverter(String key, String value, String header)
      throws Exception {
    Map<String, String> config = config();
    config.put("key.converter", "org.apache.kafka.connect." + key);
    config.put("value.converter", "org.apache.kafka.connect." + value);
    config.put("value.converter.schemas.enable", "false");
    config.put("header.converter", "org.apache.kafka.connect." + header);
    config.put("topicpath.template", "acronis/{tenantid}/{subjecttype:none}");
    server.publish(3);
    try (var started = worker.put(KafkaFixture.uniqueName("acronis"), config)) {
      List<CloudEvent> events = SourceWorker.events(SourceWorker.topic(config), 3);
      assertThat(events)
          .as(started.name())
          .extracting(SourceWorker::data)
          .containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
      CloudEvent first = events.get(0);
      assertThat(first.getSubject()).isEqualTo("692ff7d2-8505-44ed-82b0-e82ee8d42ef2");
      assertThat(first.getTime()).hasToString("2024-10-01T11:01:16.030949140Z");
      assertThat(first.getDataContentType()).isEqualTo("application/json");
      assertThat(first.getExtension("topicpath"))
          .isEqualTo("acronis/692ff7d2-8505-44ed-82b0-e82ee8d42ef2/none");
      assertThat(SourceWorker.read(SourceWorker.topic(config), 1).get(0).key())
          .asString()
          .isEqualTo(first.getSubject());
    }
  }

  @Test
  void goesOnWhereItWasAfterItWasRemovedAndPutAgain() throws Exception {
    Map<String, String> config = config();
    String name = KafkaFixture.uniqueName("acronis");
    server.publish(5);
    try (var started = worker.put(name, config)) {
      SourceWorker.read(SourceWorker.topic(config), 5);
      SourceWorker.eventually("offsets of " + started.name())
          .until(
              () ->
                  worker
                          .get("/connectors/" + name + "/offsets")
                          .at("/offsets/0/offset/offset")
                          .asInt()
                      == 5);
    }
    server.publish(5);
    try (var started = worker.put(name, config)) {
      assertThat(SourceWorker.events(SourceWorker.topic(config), 10))
          .as(started.name())
          .extracting(SourceWorker::data)
          .doesNotHaveDuplicates()
          .hasSize(10);
    }
  }

  @Test
  void showsItsMetricsAmongConnects() throws Exception {
    Map<String, String> config = config();
    String name = KafkaFixture.uniqueName("acronis");
    server.publish(4);
    try (var started = worker.put(name, config)) {
      MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
      ObjectName query =
          new ObjectName("kafka.connect:type=plugins,connector=" + started.name() + ",task=0,*");
      SourceWorker.eventually("the count of events in Kafka")
          .until(
              () ->
                  beans.queryNames(query, null).stream()
                      .anyMatch(each -> Long.valueOf(4).equals(attribute(beans, each))));
    }
  }

  private static Object attribute(MBeanServer beans, ObjectName name) {
    try {
      return beans.getAttribute(name, "events-in-kafka-total");
    } catch (javax.management.JMException e) {
      return null;
    }
  }

  @Test
  void aTaskThatNeedsAPersonFailsWithASentence() throws Exception {
    Map<String, String> config = config();
    config.put("connection.check", "false");
    config.put("subscription.id", "00000000-0000-4000-8000-000000000000");
    assertThat(worker.putToFail(KafkaFixture.uniqueName("acronis"), config))
        .contains("the Event Manager answered 404 (notFound)");
  }

  @Test
  void validationTellsAllThatIsWrongAtOnce() throws Exception {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", AcronisSourceConnector.class.getName());
    config.put("name", "wrong");
    config.put("url", "ftp://user:geheim@host");
    config.put("subscription.id", "7");
    config.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    config.put("header.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    config.put("retry.backoff.ms", "1000");
    config.put("retry.backoff.max.ms", "10");
    config.put("proxy.username", "me");
    config.put("ssl.truststore.location", "/does/not/exist");
    config.put("identity.type", "oauth2");
    config.put("topicpath.template", "a/{B}");
    Map<String, List<String>> problems = worker.problems(config);
    assertThat(problems)
        .containsOnlyKeys(
            "url",
            "subscription.id",
            "stream",
            "key.form",
            "value.form",
            "retry.backoff.max.ms",
            "proxy.username",
            "ssl.truststore.location",
            "identity.token.url",
            "identity.client.id",
            "identity.client.secret",
            "topicpath.template");
    assertThat(problems.toString()).doesNotContain("geheim");
  }

  @Test
  void validationTellsWhatIsWrongBetweenKeys() throws Exception {
    Map<String, String> config = config();
    config.put("start.position", "timestamp");
    config.put("subscription.create", "true");
    config.put("subscription.auto.commit", "true");
    config.put("commit.upstream", "true");
    assertThat(worker.problems(config))
        .containsOnlyKeys(
            "start.timestamp",
            "subscription.topic.id",
            "subscription.types",
            "subscription.tenant.depth",
            "commit.upstream");
  }

  @Test
  void validationCallsTheVendor() throws Exception {
    Map<String, String> config = config();
    assertThat(worker.problems(config)).isEmpty();
    config.put("subscription.id", "00000000-0000-4000-8000-000000000000");
    assertThat(worker.problems(config)).containsOnlyKeys("subscription.id");
    server.wantsTokens(60);
    assertThat(worker.problems(config))
        .containsOnlyKeys("identity.type")
        .allSatisfy(
            (key, told) ->
                assertThat(told.toString()).contains("answered 401", "check the identity"));
    config.put("identity.type", "oauth2");
    config.put("identity.token.url", server.url() + "/token");
    config.put("identity.client.id", AcronisServer.CLIENT);
    config.put("identity.client.secret", "wrong");
    config.put("identity.client.authentication", "body");
    assertThat(worker.problems(config)).containsOnlyKeys("identity.token.url");
    server.stop();
    config.keySet().removeIf(key -> key.startsWith("identity."));
    assertThat(worker.problems(config))
        .containsOnlyKeys("url")
        .allSatisfy((key, told) -> assertThat(told.toString()).contains("connection.check"));
    server.start();
  }

  private Map<String, String> config() throws Exception {
    Map<String, String> config = SourceWorker.base(AcronisSourceConnector.class);
    config.put("url", server.url());
    config.put("subscription.id", SUBSCRIPTION);
    config.put("poll.timeout.ms", "1000");
    return config;
  }
}
