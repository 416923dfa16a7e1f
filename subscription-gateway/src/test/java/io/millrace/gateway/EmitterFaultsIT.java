package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.RestartableKafka;
import io.millrace.gateway.PublicUser.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmitterFaultsIT {

  private static final String PATH = "/emitters/definitions";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String DEFINITION =
      """
      {"type":"Webhook","topics":[["a"]],"parameters":{"url":"http://hooks.example/"}}
      """;

  @TempDir Path folder;

  @Test
  void readsAndDoesNotWriteWhileTheBrokerIsAway() throws Exception {
    Map<String, String> settings =
        Map.of("auth.users.file", PublicUser.usersFile(folder).toString());
    try (RestartableKafka broker = KafkaFixture.start();
        RunningGateway gateway = new RunningGateway(broker.bootstrapServers(), "away", settings)) {
      PublicUser ada = new PublicUser(gateway.gateway.port(), "ada");
      await().atMost(PATIENCE).until(() -> ada.get(PATH).status() == 200);
      String path = PATH + "/" + ada.post(PATH, DEFINITION).data().path("id").textValue();
      broker.stop();

      assertThat(ada.get(path).status()).isEqualTo(200);
      for (Answer away :
          new Answer[] {ada.post(PATH, DEFINITION), ada.post(path + "/test", ""), ada.delete(path)}) {
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.messages()).hasSize(1);
        assertThat(away.response().headers().firstValue("Retry-After")).isPresent();
        assertThat(away.response().headers().firstValue("request-tracking-identifier"))
            .isPresent();
      }

      broker.restart();
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> ada.post(PATH, DEFINITION).status() == 201);
      assertThat(ada.get(PATH).data().size()).isGreaterThanOrEqualTo(1);
    }
  }
}
