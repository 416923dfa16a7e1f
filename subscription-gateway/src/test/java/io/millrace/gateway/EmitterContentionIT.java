package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.PublicUser.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmitterContentionIT {

  private static final String PATH = "/emitters/definitions";
  private static final String DEFINITION =
      "{\"type\":\"Webhook\",\"topics\":[[\"a\"]],\"parameters\":{\"url\":\"http://hooks.example/\"}}";
  private static final int CLIENTS = 16;

  @TempDir Path folder;

  @Test
  void manyClientsChangeOneEmitterAtOnce() throws Exception {
    Map<String, String> settings =
        Map.of("auth.users.file", PublicUser.usersFile(folder).toString());
    String brokers = KafkaFixture.shared().bootstrapServers();
    String prefix = KafkaFixture.uniqueName("contention");
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try (RunningGateway gateway = new RunningGateway(brokers, prefix, settings)) {
      PublicUser ada = new PublicUser(gateway.gateway.port(), "ada");
      await().atMost(Duration.ofSeconds(60)).until(() -> ada.get(PATH).status() == 200);
      Answer created = ada.post(PATH, DEFINITION);
      String path = PATH + "/" + created.data().path("id").textValue() + "/enable";

      List<CompletableFuture<Integer>> answers =
          IntStream.range(0, CLIENTS)
              .mapToObj(client -> CompletableFuture.supplyAsync(() -> status(ada, path), threads))
              .toList();

      assertThat(answers).extracting(CompletableFuture::join).containsOnly(200);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int status(PublicUser user, String path) {
    try {
      return user.post(path, "").status();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
