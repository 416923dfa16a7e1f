package io.millrace.source.foundry;

import static io.millrace.source.push.SourceWorker.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.millrace.source.push.SourceWorker;
import io.millrace.source.push.SourceWorker.Source;
import io.millrace.source.push.Vendor;
import io.millrace.source.push.VendorServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Foundry's own, against a server written from its document and its client SDK. */
class FoundrySourceIT {

  private static final String UUID_OF_MINE = "6c84fb90-12c4-11e1-840d-7b25c5ee775a";

  @TempDir private static Path plugins;
  private static SourceWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker = SourceWorker.start(plugins);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void bringsEventsInAsTheyWerePushedAndAcknowledgesThem() throws Exception {
    try (VendorServer server = Vendor.FOUNDRY.start();
        Source source = worker.run(config(server, "event.type", "Deposited"))) {
      listens(server);
      Map<String, Object> event =
          Map.of(
              "eventId",
              "7f",
              "topic",
              "/transaction/deposit",
              "data",
              Map.of("amount", 1.5),
              "additionalMetadata",
              Map.of("user", "voltmx"));
      server.call("push", Map.of("events", List.of(event)));

      CloudEvent read = source.eventsUpTo("7f").get(1);
      assertThat(read.getType()).isEqualTo("Deposited");
      assertThat(read.getSource()).hasToString(source.config().get("url"));
      assertThat(read.getTime()).isNotNull();
      assertThat(read.getExtension("topicpath")).isEqualTo("/transaction/deposit");
      assertThat(read.getExtension("metadata")).isEqualTo("{\"user\":\"voltmx\"}");
      assertThat(read.getDataContentType()).isEqualTo("application/json");
      assertThat(Objects.requireNonNull(read.getData()).toBytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo("{\"amount\":1.5}");
      eventually("acknowledged")
          .until(() -> texts(server.state().path("acks")).equals(List.of("7f")));
    }
  }

  @Test
  void subscribesAsTheClientSdkDoes() throws Exception {
    try (VendorServer server = Vendor.FOUNDRY.start();
        Source source = worker.run(config(server, "topic.visibility", "public"))) {
      listens(server);

      JsonNode state = server.state();
      String id =
          UUID.nameUUIDFromBytes(("millrace " + source.name()).getBytes(StandardCharsets.UTF_8))
              .toString();
      assertThat(state.path("subscriptions").path(0))
          .hasToString(
              "{\"X-Voltmx-Authorization\":\"first\",\"clientUUID\":\"%s\",\"topics\":{\"public\":[\"transaction\",\"service/production\"]}}"
                  .formatted(id));
      JsonNode handshake = state.path("handshakes").path(0);
      assertThat(handshake.path("query").path("clientUUID").textValue()).isEqualTo(id);
      assertThat(handshake.path("headers").path("x-voltmx-authorization").textValue())
          .isEqualTo("first");
    }
  }

  @Test
  void subscribesAsTheDocumentShows() throws Exception {
    Map<String, String> config = new HashMap<>();
    try (VendorServer server = Vendor.FOUNDRY.start()) {
      config.putAll(config(server, "message.shape", "document"));
      config.put("token.header", "X-Kony-Authorization");
      config.put("client.uuid", UUID_OF_MINE);
      try (Source source = worker.run(config)) {
        listens(server);

        JsonNode state = server.state();
        assertThat(state.path("subscriptions"))
            .as(source.name())
            .hasToString("[[\"transaction\",\"service/production\"]]");
        JsonNode handshake = state.path("handshakes").path(0);
        assertThat(handshake.path("query").path("clientUUID").textValue()).isEqualTo(UUID_OF_MINE);
        assertThat(handshake.path("headers").path("x-kony-authorization").textValue())
            .isEqualTo("first");
      }
    }
  }

  @Test
  void failsWhenATopicIsRefused() throws Exception {
    try (VendorServer server = Vendor.FOUNDRY.start()) {
      server.call("only", Map.of("topics", List.of("transaction")));
      try (Source source = worker.put(config(server, "ping.interval.ms", "1000"))) {
        assertThat(source.failure())
            .contains("Foundry refuses the topics service/production", "client-only");
      }
    }
  }

  @Test
  void goesOnWithoutARefusedTopicIfToldTo() throws Exception {
    try (VendorServer server = Vendor.FOUNDRY.start()) {
      server.call("only", Map.of("topics", List.of("transaction")));
      try (Source source = worker.run(config(server, "subscribe.partial", "continue"))) {
        listens(server);
        server.call(
            "push",
            Map.of("events", List.of(Map.of("eventId", "a", "topic", "transaction", "data", 1))));
        assertThat(source.eventsUpTo("a")).hasSize(2);
      }
    }
  }

  @Test
  void answersTheServersPings() throws Exception {
    try (VendorServer server = Vendor.FOUNDRY.start();
        Source source = worker.run(config(server, "ping.interval.ms", "30000"))) {
      listens(server);
      server.call("pings", Map.of("ms", 200));

      eventually("answered")
          .until(() -> server.state().path("clients").path(0).path("pongs").intValue() > 8);
      assertThat(server.state().path("evicted").intValue()).as(source.name()).isZero();
    }
  }

  @Test
  void connectsAnewWhenTheSubscriptionIsNotAnswered() throws Exception {
    try (VendorServer server = Vendor.FOUNDRY.start()) {
      server.call("silent", Map.of("on", true));
      try (Source source = worker.put(config(server, "reply.timeout.ms", "500"))) {
        eventually("asked again").until(() -> server.state().path("connections").intValue() > 1);
        server.call("silent", Map.of("on", false));
        assertThat(source.events(1)).hasSize(1);
      }
    }
  }

  @Test
  void acknowledgesAgainWhatComesAgain() throws Exception {
    try (VendorServer server = Vendor.FOUNDRY.start();
        Source source = worker.run(config(server, "ping.interval.ms", "1000"))) {
      listens(server);
      Vendor.FOUNDRY.push(server, "a");
      eventually("acknowledged")
          .until(() -> texts(server.state().path("acks")).equals(List.of("a")));
      Vendor.FOUNDRY.push(server, "a", "b");

      eventually("acknowledged")
          .until(() -> texts(server.state().path("acks")).equals(List.of("a", "a", "b")));
      assertThat(source.eventsUpTo("b")).hasSize(3);
    }
  }

  private static Map<String, String> config(VendorServer server, String key, String value) {
    Map<String, String> config = Vendor.FOUNDRY.config(server);
    config.put("topic.paths", "transaction,service/production");
    config.put(key, value);
    return config;
  }

  private static void listens(VendorServer server) {
    eventually("listening").until(() -> Vendor.FOUNDRY.listened(server));
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.textValue()));
    return texts;
  }
}
