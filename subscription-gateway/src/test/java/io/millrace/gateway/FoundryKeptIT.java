package io.millrace.gateway;

import static io.millrace.gateway.FoundryServer.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.NodeProject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of Foundry get again when they come back. */
class FoundryKeptIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static NodeProject node;

  private final String uuid = UUID.randomUUID().toString();
  private FoundryServer server;

  @BeforeAll
  static void install() throws Exception {
    node = NodeProject.install(Path.of("src/test/node"), Path.of("target/node"));
  }

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server =
        new FoundryServer(
            folder,
            Map.of("foundry.private.max.events", "5", "foundry.private.retention.ms", "600000"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private FoundryClient open() throws Exception {
    return FoundryClient.open(node, server.port(), SERVER, uuid, false);
  }

  private static void subscribe(FoundryClient client, String... topics) throws Exception {
    String list = String.join("\",\"", topics);
    JsonNode reply = client.ask("{\"subscribe\":{\"topics\":{\"private\":[\"" + list + "\"]}}}");
    assertThat(reply.path("code").intValue()).isEqualTo(620001);
  }

  private void raise(String topic, String... data) throws Exception {
    for (String each : data) {
      assertThat(server.raise(topic, each).path("code").intValue()).isEqualTo(620004);
    }
  }

  @Test
  void whatIsNotAcknowledgedComesAgainAndWhatCameMeanwhileFollows() throws Exception {
    try (FoundryClient first = open()) {
      subscribe(first, "shop", "bank");
      raise("shop/a", "1", "2");
      raise("bank/b", "3", "4");
      await().atMost(LIMIT).until(() -> first.pushes().size() == 4);
      for (JsonNode push : first.pushes()) {
        if (List.of("2", "3").contains(push.path("data").textValue())) {
          first.acknowledge(push);
        }
      }
      first.ask("{\"unsubscribe\":[\"no such\"]}"); // The acknowledgements are before it.
      first.leave();
    }
    raise("shop/a", "5");
    try (FoundryClient second = open()) {
      await().atMost(LIMIT).until(() -> second.pushes().size() >= 3);
      assertThat(second.data()).startsWith("1").contains("4").endsWith("5");
      second.pushes().forEach(push -> acknowledge(second, push));
      second.ask("{\"unsubscribe\":[\"no such\"]}");
      second.leave();
      assertThat(second.pushes()).hasSize(3);
    }
    try (FoundryClient third = open()) {
      raise("shop/a", "6");
      third.awaitData("6");
    }
  }

  private static void acknowledge(FoundryClient client, JsonNode push) {
    try {
      client.acknowledge(push);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aGatewayThatIsStartedAgainKnowsIt() throws Exception {
    try (FoundryClient first = open()) {
      subscribe(first, "shop");
      raise("shop/a", "1", "2");
      await().atMost(LIMIT).until(() -> first.pushes().size() == 2);
      first.acknowledge(first.pushes().get(0));
      first.ask("{\"unsubscribe\":[\"no such\"]}");
      server.stop();
      assertThat(first.awaitLine("C ")).startsWith("C 1001");
    }
    server.start();
    raise("shop/a", "3");
    try (FoundryClient second = open()) {
      second.awaitData("2", "3");
    }
  }

  @Test
  void aNewerConnectionTakesOverAndTheOlderIsToldWhy() throws Exception {
    try (FoundryClient older = open();
        RunningGateway elsewhere = server.another()) {
      subscribe(older, "shop");
      raise("shop/a", "1");
      older.awaitData("1");
      try (FoundryClient newer =
          FoundryClient.open(node, elsewhere.gateway.port(), SERVER, uuid, false)) {
        assertThat(older.awaitLine("C "))
            .isEqualTo("C 4409 another connection of this clientUUID has taken over");
        raise("shop/a", "2");
        newer.awaitData("1", "2");
        try (FoundryClient newest =
            FoundryClient.open(node, elsewhere.gateway.port(), SERVER, uuid, false)) {
          newer.awaitLine("C 4409");
          await().atMost(LIMIT).until(() -> newest.data().containsAll(List.of("1", "2")));
        }
      }
    }
  }

  @Test
  void onlySoMuchIsKept() throws Exception {
    try (FoundryClient first = open()) {
      subscribe(first, "shop");
      raise("shop/a", "1", "2", "3", "4", "5", "6", "7");
      await().atMost(LIMIT).until(() -> first.pushes().size() == 7);
      first.leave();
    }
    try (FoundryClient second = open()) {
      second.awaitData("3", "4", "5", "6", "7");
      assertThat(server.gateway().registry.counter("millrace.gateway.foundry.given.up").count())
          .isEqualTo(2);
    }
  }

  @Test
  void whatIsUnsubscribedFromIsNotPushedAgainAndPublicTopicsAreNotKept() throws Exception {
    try (FoundryClient first = open()) {
      subscribe(first, "shop", "transaction");
      first.ask("{\"subscribe\":{\"topics\":{\"public\":[\"bank\"]}}}");
      raise("shop/a", "1");
      raise("bank/a", "2");
      raise("transaction", "3");
      await().atMost(LIMIT).until(() -> first.pushes().size() == 3);
      first.ask("{\"unsubscribe\":[\"shop\"]}");
      first.leave();
    }
    raise("shop/a", "4");
    raise("bank/a", "5");
    raise("transaction", "6");
    try (FoundryClient second = open()) {
      second.awaitData("3", "6");
    }
  }

  @Test
  void anEventOfAPrivateAndAPublicTopicComesOnce() throws Exception {
    try (FoundryClient client = open()) {
      client.ask("{\"subscribe\":{\"topics\":{\"private\":[\"shop/a\"],\"public\":[\"shop\"]}}}");
      raise("shop/a", "1");
      raise("shop/b", "2");
      raise("shop/a", "3");
      await().atMost(LIMIT).until(() -> client.data().contains("3") && client.data().contains("2"));
      assertThat(client.data()).containsExactlyInAnyOrder("1", "2", "3");
    }
  }

  @Test
  void anotherUsersClientOfTheSameNameIsAnotherClient() throws Exception {
    try (FoundryClient mine = open()) {
      subscribe(mine, "shop");
      try (FoundryClient theirs =
          FoundryClient.open(node, server.port(), FoundryServer.OTHER, uuid, false)) {
        theirs.ask("{\"unsubscribe\":[\"no such\"]}");
        raise("shop/a", "1");
        mine.awaitData("1");
        assertThat(theirs.pushes()).isEmpty();
        assertThat(mine.count("C ")).isZero();
      }
    }
  }
}
