package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.PublicUser.Answer;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.Failure;
import io.millrace.model.emitter.EmitterStatus.State;
import io.millrace.model.emitter.StatusJson;
import io.millrace.model.kafka.MillraceTopics;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: registered over REST, disabled by a task, told to the address of the account. */
class OwnerMailIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void theAccountsAddressIsTold() throws Exception {
    KafkaFixture kafka = KafkaFixture.shared();
    MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("owner"));
    Path users = PublicUser.usersFile(folder);
    Files.writeString(
        users, Files.readString(users).replace("{name: ada", "{name: ada, email: ada@example.com"));
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(60_000);
    GreenMail server = new GreenMail(setup);
    server.start();
    Map<String, String> settings =
        Map.of(
            "auth.users.file",
            users.toString(),
            "smtp.host",
            "127.0.0.1",
            "smtp.port",
            Integer.toString(server.getSmtp().getPort()),
            "smtp.security",
            "none",
            "mail.from",
            "Millrace <no-reply@millrace.test>");
    try (RunningGateway gateway =
        new RunningGateway(kafka.bootstrapServers(), topics.prefix(), settings)) {
      PublicUser ada = new PublicUser(gateway.gateway.port(), "ada");
      await().atMost(PATIENCE).until(() -> ada.get("/emitters/definitions").status() == 200);
      Answer created =
          ada.post(
              "/emitters/definitions",
              "{\"type\":\"Webhook\",\"topics\":[[\"a\"]],"
                  + "\"parameters\":{\"url\":\"https://hooks.example.com/\"}}");
      String id = created.data().path("id").textValue();
      Failure failure = new Failure(0, "e1", 1, Instant.now(), null, 410, "HTTP 410");
      EmitterStatus status = new EmitterStatus(id, 0, State.DISABLED, 0, failure, 1, Instant.now());
      var bytes = new ByteArraySerializer();
      try (var producer =
          new KafkaProducer<>(
              Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()),
              bytes,
              bytes)) {
        producer
            .send(
                new ProducerRecord<>(
                    topics.emitterStatus(),
                    status.key().getBytes(StandardCharsets.UTF_8),
                    StatusJson.write(status)))
            .get();
      }
      await().atMost(PATIENCE).until(() -> server.getReceivedMessages().length == 1);
      MimeMessage message = server.getReceivedMessages()[0];
      assertThat(message.getAllRecipients()[0]).hasToString("ada@example.com");
      assertThat(message.getContent().toString())
          .contains("its endpoint says that it is gone (410)");
      assertThat(gateway.gateway.health().parts()).containsEntry("mail", "in order");
      assertThat(gateway.registry.counter("millrace.gateway.mails", "outcome", "sent").count())
          .isEqualTo(1);
    } finally {
      server.stop();
    }
  }
}
