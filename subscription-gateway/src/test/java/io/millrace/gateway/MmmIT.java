package io.millrace.gateway;

import static io.millrace.gateway.MmmUser.data;
import static io.millrace.gateway.MmmUser.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.KafkaFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MmmIT {

  private static final String ALL = "lastEventId: 0, chunkMaxDelay: 100";

  private static final String PREFIX = KafkaFixture.uniqueName("mmm");

  @TempDir static Path folder;
  private static RunningGateway gateway;
  private static MmmUser ada;
  private static MmmUser bob;
  private static MmmUser root;

  @BeforeAll
  static void start() throws Exception {
    gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            PREFIX,
            Map.of("auth.users.file", PublicUser.usersFile(folder).toString()));
    int port = gateway.gateway.port();
    ada = new MmmUser(port, "Bearer ada");
    bob = new MmmUser(port, "Bearer bob");
    root = new MmmUser(port, "Bearer root");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void eventsComeInChunksAsTheyAreInTheLog() throws Exception {
    ada.raise("chunks", 1, 25);
    try (MmmSocket socket = ada.follow(newId(), ALL + ", entityType: \"chunks\", chunkSize: 10")) {
      List<JsonNode> first = socket.chunk();
      List<JsonNode> second = socket.chunk();
      assertThat(first).hasSize(10);
      assertThat(second).hasSize(10);
      assertThat(socket.take(5)).hasSize(5);
      JsonNode event = first.get(0);
      assertThat(event.toString())
          .isEqualTo(
              "{\"id\":%d,\"timestamp\":\"2021-05-25T09:03:23.730010Z\",\"entityId\":\"1\",\"entityType\":\"chunks\",\"entityStatus\":\"CREATED\"}"
                  .formatted(event.path("id").longValue()));
      assertThat(second.get(9).path("id").longValue()).isEqualTo(event.path("id").longValue() + 19);
    }
  }

  @Test
  void noMoreComesThanTheWindowLetsOut() throws Exception {
    String id = newId();
    ada.raise("window", 1, 12);
    try (MmmSocket socket =
        ada.follow(id, ALL + ", entityType: \"window\", chunkSize: 3, ackLimit: 5")) {
      List<JsonNode> events = socket.take(5);
      assertThat(ada.state(id)).isEqualTo("12 ACTIVE");
      assertThat(socket.quiet()).isTrue();
      String last = events.get(3).path("id").asText();
      assertThat(ada.acknowledge(id, last).path("data").toString())
          .isEqualTo("{\"_acknowledgeExternalEvents\":true}");
      assertThat(socket.entities(4)).containsExactly("6", "7", "8", "9");
      assertThat(ada.state(id)).isEqualTo("8 ACTIVE");
    }
  }

  @Test
  void numbersMayBeStrings() throws Exception {
    ada.raise("strings", 1, 3);
    try (MmmSocket socket = MmmSocket.open(gateway.gateway.port(), "Bearer ada")) {
      socket.subscribe(
          "subscription ($id: GID!, $ackLimit: Int!, $last: Long, $none: String) {"
              + " _externalEvents(subscriptionId: $id, entity_type: \"strings\", ackLimit: $ackLimit,"
              + " lastEventId: $last, chunkSize: 10, parentId: null, eventType: $none) { events { entityId } } }",
          Map.of("id", newId(), "ackLimit", "2", "last", "0"));
      assertThat(socket.entities(2)).containsExactly("1", "2");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "entityId: \"00000000-0000-0000-0000-00000000000b\" | 00000000-0000-0000-0000-00000000000b",
        "entityType: \"filter-2\" | 2",
        "entity_type: \"filter-2\", entityType: \"filter-2\" | 2",
        "parentId: \"00000000-0000-0000-0000-0000000000aa\" | 3",
        "eventType: \"DELETED\", entityType: \"filter-4\" | 4",
      })
  void eachFilterLeavesOnlyItsOwn(String filter, String expected) throws Exception {
    ada.raise(
        List.of(
            data("filter", "00000000-0000-0000-0000-00000000000b"),
            data("filter-2", "2"),
            data("filter", "3").put("parentId", "00000000-0000-0000-0000-0000000000aa"),
            data("filter-4", "no"),
            data("filter-4", "4").put("entityStatus", "DELETED")));
    String id = newId();
    try (MmmSocket socket = ada.follow(id, ALL + ", " + filter)) {
      List<JsonNode> events = socket.chunk();
      assertThat(events).allMatch(event -> event.path("entityId").asText().equals(expected));
      assertThat(ada.state(id)).isEqualTo(events.size() + " ACTIVE");
    }
  }

  @Test
  void ownModificationsCanBeLeftOut() throws Exception {
    ada.raise("own", 1, 1);
    bob.raise("own", 2, 2);
    String others = ALL + ", entityType: \"own\", excludeOwnModifications: true";
    try (MmmSocket adas = ada.follow(newId(), others);
        MmmSocket bobs = bob.follow(newId(), others)) {
      assertThat(adas.entities(1)).containsExactly("2");
      assertThat(bobs.entities(1)).containsExactly("1");
    }
  }

  @Test
  void theNewerClientTakesOver() throws Exception {
    String id = newId();
    try (MmmSocket older = ada.follow(id, "entityType: \"takeover\"")) {
      until(() -> ada.state(id).equals("0 ACTIVE"));
      try (MmmSocket newer = ada.follow(id, "entityType: \"takeover\"")) {
        assertThat(older.error()).isEqualTo("TAKEN_OVER");
        ada.raise("takeover", 1, 1);
        assertThat(newer.entities(1)).containsExactly("1");
      }
    }
  }

  @Test
  void whoComesBackGoesOnBehindTheAcknowledged() throws Exception {
    String id = newId();
    ada.raise("back", 1, 6);
    try (MmmSocket socket = ada.follow(id, ALL + ", entityType: \"back\"")) {
      List<JsonNode> events = socket.take(6);
      ada.acknowledge(id, events.get(1).path("id").longValue());
    }
    until(() -> ada.state(id).equals("4 INACTIVE"));
    ada.raise("back", 7, 7);
    try (MmmSocket socket = ada.follow(id, "entityType: \"back\", chunkMaxDelay: 100")) {
      assertThat(socket.entities(5)).containsExactly("3", "4", "5", "6", "7");
    }
  }

  @Test
  void unsubscribingEndsIt() throws Exception {
    String id = newId();
    assertThat(ada.state(id)).isEqualTo("0 NOT_FOUND");
    try (MmmSocket socket = ada.follow(id, "entityType: \"gone\"")) {
      until(() -> ada.state(id).equals("0 ACTIVE"));
      assertThat(ada.unsubscribe(id).path("data").toString())
          .isEqualTo("{\"_unsubscribeExternalEvents\":true}");
      assertThat(socket.error()).isEqualTo("UNSUBSCRIBED");
    }
    assertThat(ada.state(id)).isEqualTo("0 NOT_FOUND");
    assertThat(ada.unsubscribe(id).path("data").toString())
        .isEqualTo("{\"_unsubscribeExternalEvents\":false}");
    assertThat(code(ada.acknowledge(id, 0))).isEqualTo("NOT_FOUND");
  }

  @Test
  void anotherUsersSubscriptionIsNobodysBusinessButAdmins() throws Exception {
    String id = newId();
    ada.raise("secret", 1, 2);
    try (MmmSocket socket = ada.follow(id, ALL + ", entityType: \"secret\"")) {
      String last = socket.take(2).get(1).path("id").asText();
      assertThat(code(bob.acknowledge(id, last))).isEqualTo("FORBIDDEN");
      assertThat(code(bob.unsubscribe(id))).isEqualTo("FORBIDDEN");
      assertThat(code(bob.status(id))).isEqualTo("FORBIDDEN");
      try (MmmSocket bobs = bob.follow(id, ALL)) {
        assertThat(bobs.refusal().path("extensions").path("code").asText()).isEqualTo("FORBIDDEN");
      }
      assertThat(root.state(id)).isEqualTo("2 ACTIVE");
      assertThat(root.acknowledge(id, last).path("errors").isMissingNode()).isTrue();
      assertThat(root.state(id)).isEqualTo("0 ACTIVE");
    }
  }

  @Test
  void eventsRaisedThroughOtherApisAppear() throws Exception {
    String id = newId();
    try (MmmSocket socket = ada.follow(id, "entityType: \"else\", chunkMaxDelay: 0")) {
      until(() -> ada.state(id).equals("0 ACTIVE"));
      ada.post(
          "/services/ServerEvents",
          "application/json",
          "{\"events\":[{\"topic\":\"mmm/else\",\"data\":" + data("else", "foundry") + "}]}");
      assertThat(socket.entities(1)).containsExactly("foundry");
      ada.post("/events/mmm", "application/json", data("else", "no CloudEvent").toString());
      ada.raise(List.of(data("else", "ce"), data("else", "").put("more", 1)));
      assertThat(socket.entities(1)).containsExactly("ce");
      assertThat(ada.state(id)).isEqualTo("2 ACTIVE");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lastEventId: 1000000 | newest",
        "chunkSize: 0 | chunkSize",
        "entityType: \"a\", entity_type: \"b\" | entity_type",
        "eventType: \"MOVED\" | eventType",
      })
  void badArgumentsAreRefused(String arguments, String reason) throws Exception {
    try (MmmSocket socket = ada.follow(newId(), arguments)) {
      JsonNode error = socket.refusal();
      assertThat(error.path("extensions").path("code").asText()).isEqualTo("BAD_USER_INPUT");
      assertThat(error.path("message").asText()).contains(reason);
    }
  }

  @Test
  void whatWasNotDeliveredCannotBeAcknowledged() throws Exception {
    String id = newId();
    ada.raise("early", 1, 5);
    try (MmmSocket socket = ada.follow(id, ALL + ", entityType: \"early\", ackLimit: 2")) {
      long last = socket.take(2).get(1).path("id").longValue();
      assertThat(code(ada.acknowledge(id, last + 1))).isEqualTo("BAD_USER_INPUT");
      assertThat(code(ada.acknowledge(id, -1))).isEqualTo("BAD_USER_INPUT");
      assertThat(code(ada.acknowledge(id, "soon"))).isEqualTo("BAD_USER_INPUT");
    }
  }

  @Test
  void theSchemaTellsTheBounds() throws Exception {
    JsonNode schema =
        ada.ask(
            "{ __type(name: \"Subscription\") { fields { args { name description } } } }",
            Map.of());
    assertThat(schema.findValuesAsText("description"))
        .anyMatch(text -> text.contains("100 if absent; above 1000"))
        .noneMatch(text -> text.contains("$"));
  }

  @Test
  void manyEventsComeInOrder() throws Exception {
    String id = newId();
    ada.raise("many", 1, 1_500);
    try (MmmSocket socket = ada.follow(id, ALL + ", entityType: \"many\"")) {
      assertThat(socket.entities(1_000))
          .isEqualTo(LongStream.rangeClosed(1, 1_000).mapToObj(n -> "" + n).toList());
      assertThat(ada.state(id)).isEqualTo("1500 ACTIVE");
    }
  }

  @Test
  void whatRetentionTookIsToldAsAGap() throws Exception {
    String asking = newId();
    String blind = newId();
    ada.raise("gap", 1, 4);
    for (String id : List.of(asking, blind)) {
      try (MmmSocket socket = ada.follow(id, ALL + ", entityType: \"gap\"")) {
        List<JsonNode> events = socket.take(4);
        ada.acknowledge(id, events.get(0).path("id").longValue());
      }
      until(() -> ada.state(id).endsWith("INACTIVE"));
    }
    long end;
    try (Admin admin = KafkaFixture.shared().admin()) {
      var stream = new TopicPartition(PREFIX + ".stream.mmm", 0);
      end =
          admin
              .listOffsets(Map.of(stream, OffsetSpec.latest()))
              .partitionResult(stream)
              .get(60, TimeUnit.SECONDS)
              .offset();
      var unused =
          admin
              .deleteRecords(Map.of(stream, RecordsToDelete.beforeOffset(end)))
              .all()
              .get(60, TimeUnit.SECONDS);
    }
    ada.raise("gap", 5, 5);
    // The first gateway has them in its memory still, and has lost nothing.
    try (RunningGateway fresh =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            PREFIX,
            Map.of("auth.users.file", PublicUser.usersFile(folder).toString()))) {
      MmmUser there = new MmmUser(fresh.gateway.port(), "Bearer ada");
      try (MmmSocket socket =
          there.follow(asking, "entityType: \"gap\"", "gap { last } events { entityId }")) {
        assertThat(socket.result().toString())
            .isEqualTo("{\"gap\":{\"last\":%d},\"events\":[{\"entityId\":\"5\"}]}".formatted(end));
      }
      try (MmmSocket socket = there.follow(blind, "entityType: \"gap\"")) {
        JsonNode gap = socket.next("next").path("extensions").path("gap");
        assertThat(gap.path("last").longValue()).isEqualTo(end);
        assertThat(gap.path("first").longValue()).isBetween(2L, end);
      }
    }
  }

  private static String code(JsonNode result) {
    return result.path("errors").path(0).path("extensions").path("code").asText();
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).until(condition);
  }
}
