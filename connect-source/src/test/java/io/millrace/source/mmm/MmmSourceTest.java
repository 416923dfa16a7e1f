package io.millrace.source.mmm;

import static io.millrace.source.mmm.MmmTasks.SUBSCRIPTION;
import static io.millrace.source.mmm.MmmTasks.acknowledge;
import static io.millrace.source.mmm.MmmTasks.eventually;
import static io.millrace.source.mmm.MmmTasks.ids;
import static io.millrace.source.mmm.MmmTasks.range;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.source.TaskDriver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A task and a server, when all goes well. */
@Timeout(180)
class MmmSourceTest {

  private MmmServer server;
  private Map<String, String> props;

  @BeforeEach
  void start() throws Exception {
    server = MmmServer.start();
    props = MmmTasks.props(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "graphql-transport-ws,false,[\"graphql-transport-ws\"]",
    "graphql-ws,false,[\"graphql-ws\"]",
    "auto,false,'[\"graphql-transport-ws\",\"graphql-ws\"]'",
    "auto,true,'[\"graphql-transport-ws\",\"graphql-ws\"]'"
  })
  void eventsComeByWhatTheServerSpeaks(String subprotocol, boolean legacyOnly, String offered)
      throws Exception {
    server.control("{'set':{'legacyOnly':%s}}".formatted(legacyOnly));
    server.publish(25);
    props.put("subprotocol", subprotocol);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      List<SourceRecord> records = task.poll(25);
      assertThat(ids(records)).isEqualTo(range(1, 25));
      acknowledge(task, records);
      eventually("acknowledgement").until(() -> server.acknowledged(SUBSCRIPTION) == 25);
      server.publish(5);
      assertThat(ids(task.poll(5))).isEqualTo(range(26, 30));
    }
    assertThat(server.seen().path("offered")).hasToString(offered);
  }

  @Test
  void anEventIsACloudEventLikeThoseOfTheGateway() throws Exception {
    server.publish(1);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      SourceRecord record = task.poll(1).get(0);
      assertThat(record.topic()).isEqualTo("millrace.stream.mmm");
      assertThat((byte[]) record.key())
          .asString(UTF_8)
          .isEqualTo("cd456b86-157f-4432-b5df-000000000000");
      assertThat((byte[]) record.value())
          .asString(UTF_8)
          .isEqualTo(
              "{\"entityId\":\"cd456b86-157f-4432-b5df-000000000000\",\"entityType\":\"term\","
                  + "\"entityStatus\":\"UPDATED\"}");
      assertThat(header(record, "ce_id")).isEqualTo("1");
      assertThat(header(record, "ce_type")).isEqualTo("mmm.entity.updated");
      assertThat(header(record, "ce_source")).isEqualTo(server.url());
      assertThat(header(record, "ce_time")).startsWith("2021-05-25T09:03:23.73");
      assertThat(header(record, "ce_topicpath")).isEqualTo("mmm/term");
    }
  }

  private static String header(SourceRecord record, String name) {
    return new String((byte[]) record.headers().lastWithName(name).value(), UTF_8);
  }

  @Test
  void nothingIsAcknowledgedThatKafkaDoesNotHave() throws Exception {
    server.publish(30);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      List<SourceRecord> records = task.poll(30);
      acknowledge(task, records.subList(10, 30));
      acknowledge(task, records.subList(0, 9));
      server.publish(1);
      acknowledge(task, task.poll(1));
      assertThat(server.acknowledgements()).isEmpty();
      task.acknowledge(records.get(9));
      eventually("acknowledgement").until(() -> server.acknowledged(SUBSCRIPTION) == 31);
      assertThat(server.acknowledgements()).isEqualTo(List.of(31L));
    }
  }

  @Test
  void noMoreComesThanMayBeUnacknowledged() throws Exception {
    server.publish(100);
    props.put("ack.limit", "20");
    props.put("ack.events", "20");
    try (TaskDriver task = MmmTasks.start(props, null)) {
      List<SourceRecord> records = task.poll(20);
      assertThat(ids(records)).isEqualTo(range(1, 20));
      acknowledge(task, records);
      assertThat(ids(task.poll(20))).isEqualTo(range(21, 40));
    }
  }

  @Test
  void aSlowKafkaPushesBack() throws Exception {
    server.publish(5_000);
    props.put("buffer.max.events", "100");
    props.put("chunk.size", "1");
    try (TaskDriver task = MmmTasks.start(props, null)) {
      // Nothing is polled: a few chunks wait, and the others in the server.
      eventually("a full buffer").until(() -> task.metric("events-buffered") >= 100);
      assertThat(task.metric("events-received-total")).isEqualTo(100);
      assertThat(ids(task.poll(5_000))).isEqualTo(range(1, 5_000));
    }
  }

  @Test
  void itGoesOnWhereConnectRemembers() throws Exception {
    server.publish(30);
    try (TaskDriver task = MmmTasks.start(props, Map.of("id", 12L))) {
      assertThat(ids(task.poll(18))).isEqualTo(range(13, 30));
    }
    assertThat(subscribed().path("lastEventId").asLong()).isEqualTo(12);
  }

  @Test
  void withoutAStartMmmDecidesWhereToBegin() throws Exception {
    props.remove("start.after");
    server.publish(30);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      eventually("subscription").until(() -> server.acknowledged(SUBSCRIPTION) == 30);
      server.publish(1);
      assertThat(ids(task.poll(1))).containsExactly(31L);
    }
    assertThat(subscribed().has("lastEventId")).isFalse();
  }

  @Test
  void filtersAndBoundsAreSent() throws Exception {
    props.put("entity.type", "te\"rm");
    props.put("entity.id", "e1");
    props.put("parent.id", "p1");
    props.put("event.type", "updated");
    props.put("exclude.own.modifications", "true");
    props.put("chunk.max.delay.ms", "7");
    try (TaskDriver task = MmmTasks.start(props, null)) {
      eventually("subscription").until(() -> server.acknowledged(SUBSCRIPTION) == 0);
      assertThat(task.metric("events-received-total")).isZero();
    }
    assertThat(subscribed())
        .hasToString(
            "{\"subscriptionId\":\"%s\",\"lastEventId\":0,\"excludeOwnModifications\":true,"
                    .formatted(SUBSCRIPTION)
                + "\"chunkSize\":10,\"chunkMaxDelay\":7,\"ackLimit\":5000,\"entityId\":\"e1\","
                + "\"entityType\":\"te\\\"rm\",\"parentId\":\"p1\",\"eventType\":\"UPDATED\"}");
  }

  @Test
  void theSubscriptionIsEndedWhenTheTaskStops() throws IOException {
    try (TaskDriver task = MmmTasks.start(props, null)) {
      eventually("connection").until(() -> server.seen().path("open").asInt() == 1);
      assertThat(task.metric("events-received-total")).isZero();
    }
    eventually("parting").until(() -> server.seen().path("open").asInt() == 0);
  }

  private JsonNode subscribed() {
    return server.seen().path("subscriptions").path(0);
  }
}
