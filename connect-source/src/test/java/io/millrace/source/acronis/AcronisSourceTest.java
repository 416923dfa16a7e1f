package io.millrace.source.acronis;

import static io.millrace.source.acronis.AcronisTasks.SUBSCRIPTION;
import static io.millrace.source.acronis.AcronisTasks.header;
import static io.millrace.source.acronis.AcronisTasks.props;
import static io.millrace.source.acronis.AcronisTasks.start;
import static io.millrace.source.acronis.AcronisTasks.value;
import static io.millrace.source.acronis.AcronisTasks.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.source.TaskDriver;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the source does when all goes well. */
class AcronisSourceTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AcronisServer server;

  @BeforeEach
  void begin() throws Exception {
    server = new AcronisServer();
    server.knows(SUBSCRIPTION);
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void eventsComeAsTheGatewayWouldHaveTakenThem() throws Exception {
    ObjectNode sent =
        server.publish(
            (ObjectNode)
                JSON.readTree(
                    """
                    {"subject_type": "cti.a.p.tenant.v1.0", "trace_parent":
                     "a6771d65-51cd-11ec-bf63-0242ac130002", "client_id": "a52a71d6-51cd-11ec-bf63-0242ac130002", "added_later": true}
                    """));
    sent.putObject("data").put("amount", new BigDecimal("0.12345678901234567890123"));
    try (TaskDriver task = start(props(server))) {
      SourceRecord record = task.poll(1).get(0);
      assertThat(record.topic()).isEqualTo("millrace.stream.acronis");
      assertThat(header(record, "id")).isEqualTo(sent.path("id").textValue());
      assertThat(header(record, "specversion")).isEqualTo("1.0");
      assertThat(header(record, "time")).isEqualTo("2024-10-01T11:01:16.03094914Z");
      assertThat(header(record, "tenantid")).isEqualTo(sent.path("tenant_id").textValue());
      assertThat(header(record, "app")).isEqualTo(sent.path("client_id").textValue());
      assertThat(header(record, "causeid")).isEqualTo(sent.path("trace_parent").textValue());
      assertThat(header(record, "content-type")).isEqualTo("application/json");
      assertThat((byte[]) record.key()).asString().isEqualTo(sent.path("subject").textValue());
      assertThat(value(record)).isEqualTo("{\"amount\":0.12345678901234567890123}");
      assertThat(task.metric("events-received-total")).isEqualTo(1);
      assertThat(task.metric("connected")).isEqualTo(1);
      assertThat(task.metric("events-in-kafka-total")).isZero();
      task.acknowledge(record);
      assertThat(task.metric("events-in-kafka-total")).isEqualTo(1);
    }
  }

  @Test
  void asksOnFromWhereItCameTo() throws Exception {
    server.publish(25);
    Map<String, Object> remembered;
    try (TaskDriver task = start(props(server))) {
      List<SourceRecord> records = task.poll(25);
      assertThat(values(records))
          .isEqualTo(IntStream.rangeClosed(1, 25).mapToObj("{\"n\":%d}"::formatted).toList());
      assertThat(records.get(0).sourcePartition())
          .satisfies(
              it ->
                  assertThat(it.keySet().stream().map(String::valueOf))
                      .as("in an order that every JVM has, since Connect compares bytes")
                      .containsExactly("subscription", "url"))
          .satisfies(it -> assertThat(it.get("subscription")).isEqualTo(SUBSCRIPTION));
      assertThat(records.get(3).sourceOffset())
          .as("within a page")
          .isEqualTo(Map.of("offset", 0L, "sequence", 4L));
      remembered = task.offset();
      assertThat(remembered).isEqualTo(Map.of("offset", 25L, "sequence", 25L));
    }
    server.publish(1);
    try (TaskDriver task = new TaskDriver(new AcronisSourceTask(), props(server), remembered)) {
      assertThat(values(task.poll(1))).containsExactly("{\"n\":26}");
    }
  }

  @Test
  void dropsWhatKafkaHadOfAPage() throws Exception {
    server.publish(10);
    Map<String, Object> within = Map.of("offset", 0L, "sequence", 7L);
    try (TaskDriver task = new TaskDriver(new AcronisSourceTask(), props(server), within)) {
      assertThat(values(task.poll(3))).first().isEqualTo("{\"n\":8}");
      assertThat(task.metric("events-duplicate-total")).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @CsvSource({"earliest,1,", "current,6,", "timestamp,3,2026-01-31T10:00:00Z", "stored,5,"})
  void beginsWhereItIsTold(String position, int first, String timestamp) throws Exception {
    server.publish(4);
    try (TaskDriver other = start(props(server))) {
      other.poll(4);
    }
    server.publish(1);
    store(4);
    Map<String, String> props = props(server);
    props.put("start.position", position);
    props.put("subscription.topic.id", AcronisServer.TOPIC);
    if (timestamp != null) {
      props.put("start.timestamp", timestamp);
    }
    try (TaskDriver task = start(props)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.requests(AcronisServer.ROOT + "/events").size() > 1);
      if (position.equals("current")) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    server
                            .requests(
                                AcronisServer.ROOT + "/topics/" + AcronisServer.TOPIC + "/offsets")
                            .size()
                        == 1);
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> task.metric("connected") == 1);
      server.publish(1);
      assertThat(values(task.poll(1))).first().isEqualTo("{\"n\":%d}".formatted(first));
    }
  }

  @Test
  void createsItsSubscriptionWithAllThatIsSaid() throws Exception {
    Map<String, String> props = props(server);
    String id = "454e9a51-2207-4a2c-9db4-6ca168ac9597";
    props.put("subscription.id", id.toUpperCase(java.util.Locale.ROOT));
    props.put("subscription.create", "true");
    props.put("subscription.topic.id", AcronisServer.TOPIC);
    props.put("subscription.types", "cti.a.p.em.event.v1.0~a.*,cti.a.p.em.event.v1.0~b.v1.0");
    props.put("subscription.tenant.id", "t1");
    props.put("subscription.tenant.depth", "direct");
    props.put("subscription.subject.types", "cti.a.p.tenant.*");
    props.put("subscription.auto.commit", "true");
    props.put("subscription.auto.commit.interval", "PT1M");
    props.put("subscription.session.timeout", "PT10S");
    props.put("subscription.cel", "event.data.n > 1");
    for (int start = 0; start < 2; start++) {
      server.publish(1);
      try (TaskDriver task = start(props)) {
        task.poll(1);
      }
    }
    List<AcronisServer.Request> created = server.requests(AcronisServer.ROOT + "/subscriptions");
    assertThat(created).as("and the second time it exists").hasSize(2);
    assertThat(JSON.readTree(created.get(0).body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"subscription_id": "454e9a51-2207-4a2c-9db4-6ca168ac9597",
                 "topic_id": "cti.a.p.em.topic.v1.0~a.p.tenant.v1.0",
                 "types": ["cti.a.p.em.event.v1.0~a.*", "cti.a.p.em.event.v1.0~b.v1.0"],
                 "tenant_depth": "DIRECT", "tenant_id": "t1",
                 "subject_types": ["cti.a.p.tenant.*"], "auto_commit": true,
                 "auto_commit_interval": "PT1M", "session_timeout": "PT10S",
                 "cel": "event.data.n > 1"}
                """));
  }

  @Test
  void storesUpstreamOnlyWhatKafkaHas() throws Exception {
    server.publish(20);
    Map<String, String> props = props(server);
    props.put("commit.upstream", "true");
    props.put("commit.interval.ms", "10");
    TaskDriver task = start(props);
    try (task) {
      List<SourceRecord> records = task.poll(20);
      for (SourceRecord record : records.subList(1, 20)) {
        task.acknowledge(record);
      }
      assertThat(server.stored(SUBSCRIPTION)).as("the first is on its way").isZero();
      task.acknowledge(records.get(0));
      await().atMost(Duration.ofSeconds(60)).until(() -> server.stored(SUBSCRIPTION) == 20);
    }
    assertThat(server.requests(AcronisServer.ROOT + "/subscriptions/offset"))
        .filteredOn(each -> each.method().equals("POST"))
        .extracting(each -> JSON.readTree(each.body()).path("offset").longValue())
        .doesNotContain(10L);
  }

  @Test
  void fetchesDataFromTheVendorOnly() throws Exception {
    server.hasData("1", "{\"large\":true}");
    ObjectNode reference = JSON.createObjectNode();
    reference.putNull("data");
    for (String url :
        List.of(server.url() + "/data/1", "http://127.0.0.2:1/data", server.url() + "/data/2")) {
      ObjectNode event = server.publish(reference.deepCopy().put("data_ref", url));
      event.remove("data");
    }
    Map<String, String> props = props(server);
    props.put("data.fetch", "true");
    try (TaskDriver task = start(props)) {
      List<SourceRecord> records = task.poll(3);
      assertThat(value(records.get(0))).isEqualTo("{\"large\":true}");
      assertThat(header(records.get(0), "dataref")).isNull();
      assertThat(records.subList(1, 3))
          .allSatisfy(
              record -> {
                assertThat(record.value()).isNull();
                assertThat(header(record, "dataref")).isNotNull();
              });
    }
  }

  @Test
  void saysTheSameConsumerAfterARestart() {
    Map<String, String> props = props(server);
    String consumer = new AcronisConfig(props).consumer();
    assertThat(new AcronisConfig(props).consumer()).isEqualTo(consumer);
    props.put("name", "another");
    assertThat(new AcronisConfig(props).consumer()).isNotEqualTo(consumer);
    assertThat(new AcronisConfig(props).url()).hasToString(server.url() + AcronisServer.ROOT);
    assertThat(new AcronisSource().partition(props))
        .contains(entry("url", server.url() + AcronisServer.ROOT));
  }

  private void store(long offset) throws Exception {
    var request =
        java.net.http.HttpRequest.newBuilder(
                java.net.URI.create(server.url() + AcronisServer.ROOT + "/subscriptions/offset"))
            .POST(
                java.net.http.HttpRequest.BodyPublishers.ofString(
                    "{\"subscription_id\":\"%s\",\"offset\":%d}".formatted(SUBSCRIPTION, offset)))
            .build();
    java.net.http.HttpClient.newHttpClient()
        .send(request, java.net.http.HttpResponse.BodyHandlers.discarding());
  }
}
