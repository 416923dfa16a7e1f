package io.millrace.gateway.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.Failure;
import io.millrace.model.emitter.EmitterStatus.State;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.StatusJson;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails to owners, over a real broker and a real SMTP server. */
class MailsIT {

  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("mails"));
  private final Map<String, Object> clients = Map.of("bootstrap.servers", kafka.bootstrapServers());
  private final Admin admin = kafka.admin();
  private final KafkaProducer<byte[], byte[]> producer =
      new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer());
  private final List<Mails> opened = new ArrayList<>();
  private FollowedEmitters emitters;
  private GreenMail server;
  private int port;

  @BeforeEach
  void prepare() throws Exception {
    new TopicProvisioner(admin)
        .ensure(
            List.of(
                TopicProvisioner.compacted(topics.emitters()),
                TopicProvisioner.compacted(topics.emitterStatus())));
    emitters = new FollowedEmitters(clients, topics);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ServerSetup setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    setup.setServerStartupTimeout(60_000);
    server = new GreenMail(setup);
  }

  @AfterEach
  void stop() {
    opened.forEach(Mails::close);
    emitters.close();
    server.stop();
    producer.close();
    admin.close();
  }

  @Test
  void theOwnerIsToldOnceWhyAndHowToRestart() throws Exception {
    server.start();
    define("hook", "ann@example.com");
    String topic = topics.emitter(EmitterType.WEBHOOK, "hook");
    new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log(topic, 1)));
    for (int i = 0; i < 3; i++) {
      send(topic, "event", "{}");
    }
    Mails mails = mails(smtp());
    report(status("hook", 0, State.RUNNING, 1));
    report(status("hook", 0, State.DISABLED, 1));
    report(status("hook", 1, State.DISABLED, 1));
    report(status("hook", 0, State.DISABLED, 1));
    report(status("hook", 0, State.DISABLED, 2));
    eventually("two mails").until(() -> server.getReceivedMessages().length >= 2);
    settled();
    assertThat(mails.state()).isEqualTo("in order");
    assertThat(ids())
        .containsExactly(
            "<millrace.hook.1.disabled@millrace.test>", "<millrace.hook.2.disabled@millrace.test>");
    MimeMessage message = server.getReceivedMessages()[0];
    assertThat(message.getAllRecipients()).containsExactly(new InternetAddress("ann@example.com"));
    assertThat(message.getSubject()).isEqualTo("[Millrace] Emitter hook was disabled");
    assertThat(message.getContent().toString().replace("\r", ""))
        .contains(
            "The Webhook emitter hook was disabled at 2026-01-31T10:00:00Z, since its endpoint"
                + " failed 10 times in a row.")
        .contains("Last error      HTTP 503")
        .contains("Failing since   2026-01-31T09:00:00Z")
        .contains("Events waiting  3")
        .contains(
            "curl -X POST -u USER 'http://gateway.test/publicapi/emitters/definitions/hook/enable'");
  }

  @Test
  void ofTwoGatewaysOneSends() throws Exception {
    server.start();
    Mails first = mails(smtp());
    Mails second = mails(smtp());
    for (int i = 0; i < 20; i++) {
      define("hook-" + i, "ann@example.com");
      report(status("hook-" + i, 0, State.DISABLED, 0));
    }
    eventually("all mails").until(() -> server.getReceivedMessages().length >= 20);
    first.close();
    report(status("hook-0", 0, State.DISABLED, 1));
    eventually("the other's").until(() -> server.getReceivedMessages().length >= 21);
    settled();
    assertThat(second.state()).isEqualTo("in order");
    assertThat(ids()).hasSize(21).doesNotHaveDuplicates();
  }

  @Test
  void aCrashBetweenSendingAndRecordingRepeatsTheSameMail() throws Exception {
    server.start();
    define("hook", "ann@example.com");
    CountDownLatch sent = new CountDownLatch(1);
    Mailer smtp = smtp();
    Mailer dying =
        mail -> {
          smtp.send(mail);
          sent.countDown();
          throw new IllegalStateException("the process dies here");
        };
    Mails crashing = mails(dying);
    report(status("hook", 0, State.DISABLED, 0));
    sent.await();
    crashing.close();
    int before = server.getReceivedMessages().length;
    mails(smtp);
    eventually("sent again").until(() -> server.getReceivedMessages().length > before);
    settled();
    assertThat(Set.copyOf(ids())).containsExactly("<millrace.hook.0.disabled@millrace.test>");
  }

  @Test
  void aCrashBetweenRecordingAndCommittingRepeatsNothing() throws Exception {
    server.start();
    define("hook", "ann@example.com");
    define("other", "ann@example.com");
    Mails mails = mails(smtp());
    report(status("hook", 0, State.DISABLED, 0));
    settled();
    mails.close();
    eventually("offsets forgotten")
        .ignoreExceptions()
        .until(
            () -> {
              admin.deleteConsumerGroupOffsets(group(), Set.of(partition())).all().get();
              return true;
            });
    mails(smtp());
    report(status("other", 0, State.DISABLED, 0));
    settled();
    assertThat(ids())
        .containsExactly(
            "<millrace.hook.0.disabled@millrace.test>",
            "<millrace.other.0.disabled@millrace.test>");
  }

  @Test
  void noneIsLostWhileTheServerIsDown() throws Exception {
    Mails mails = mails(smtp());
    for (int i = 0; i < 12; i++) {
      define("hook-" + i, "ann@example.com");
      report(status("hook-" + i, 0, State.DISABLED, 0));
    }
    eventually("noticed").until(() -> mails.state().startsWith("a mail waits"));
    server.start();
    eventually("all mails").until(() -> server.getReceivedMessages().length >= 12);
    settled();
    assertThat(mails.state()).isEqualTo("in order");
    assertThat(ids())
        .containsExactlyElementsOf(
            IntStream.range(0, 12)
                .mapToObj(i -> "<millrace.hook-%d.0.disabled@millrace.test>".formatted(i))
                .toList());
  }

  @Test
  void theAdministratorHearsOfSystemEmittersAndOfOwnersWithoutAddress() throws Exception {
    server.start();
    define("system", null);
    define("known", "bob");
    define("unknown", "nobody");
    mails(smtp());
    for (String id : List.of("system", "known", "unknown", "undefined")) {
      report(status(id, 0, State.DISABLED, 0));
    }
    settled();
    assertThat(server.getReceivedMessages())
        .extracting(message -> message.getAllRecipients()[0].toString())
        .containsExactlyInAnyOrder("admin@example.com", "bob@example.com", "admin@example.com");
  }

  @Test
  void anEmitterThatTakesTheIdOfARemovedOneIsToldToo() throws Exception {
    server.start();
    define("hook", "ann@example.com");
    mails(smtp());
    report(status("hook", 0, State.DISABLED, 0));
    report(status("hook", 0, State.RUNNING, 0));
    report(status("hook", 0, State.DISABLED, 0));
    send(topics.emitterStatus(), "hook/0", null);
    report(status("hook", 0, State.DISABLED, 0));
    settled();
    assertThat(ids()).hasSize(3);
  }

  @Test
  void warnsWhereItIsAskedTo() throws Exception {
    server.start();
    define("hook", "ann@example.com");
    mails(smtp());
    report(status("hook", 0, State.RETRYING, 0));
    report(status("hook", 0, State.RETRYING, 0));
    report(status("hook", 0, State.DISABLED, 0));
    settled();
    assertThat(server.getReceivedMessages())
        .extracting(MimeMessage::getSubject)
        .containsExactly(
            "[Millrace] Emitter hook is failing", "[Millrace] Emitter hook was disabled");
  }

  private Mails mails(Mailer mailer) {
    MailConfig config =
        new MailConfig(
            null, Optional.of("admin@example.com"), "http://gateway.test", 10, Duration.ZERO);
    Mails mails =
        Mails.start(
            config,
            mailer,
            clients,
            topics,
            emitters,
            user -> user.equals("bob") ? Optional.of("bob@example.com") : Optional.empty(),
            new SimpleMeterRegistry());
    opened.add(mails);
    return mails;
  }

  private Mailer smtp() throws Exception {
    return new SmtpMailer(
        new SmtpConfig(
            "127.0.0.1",
            port,
            SmtpConfig.Security.NONE,
            null,
            null,
            Duration.ofSeconds(5),
            new InternetAddress("no-reply@millrace.test")),
        Clock.systemUTC());
  }

  private List<String> ids() {
    return Arrays.stream(server.getReceivedMessages())
        .map(
            message -> {
              try {
                return message.getMessageID();
              } catch (MessagingException e) {
                throw new AssertionError(e);
              }
            })
        .toList();
  }

  /** Waits until every status that was reported is done with. */
  private void settled() {
    eventually("all statuses done with")
        .until(
            () -> {
              var offsets =
                  admin.listConsumerGroupOffsets(group()).partitionsToOffsetAndMetadata().get();
              var at = offsets.get(partition());
              return at != null && at.offset() == end();
            });
  }

  private long end() throws Exception {
    return admin
        .listOffsets(Map.of(partition(), OffsetSpec.latest()))
        .partitionResult(partition())
        .get()
        .offset();
  }

  private String group() {
    return topics.prefix() + "-mails";
  }

  private TopicPartition partition() {
    return new TopicPartition(topics.emitterStatus(), 0);
  }

  private void define(String id, @Nullable String owner) throws Exception {
    String json =
        """
        {"type":"Webhook","owner":%s,"parameters":{"url":"http://127.0.0.1:1/"}}
        """
            .formatted(owner == null ? "null" : "\"" + owner + "\"");
    byte[] definition =
        DefinitionJson.write(DefinitionJson.read(id, json.getBytes(StandardCharsets.UTF_8)));
    send(topics.emitters(), id, new String(definition, StandardCharsets.UTF_8));
  }

  private static EmitterStatus status(String id, int partition, State state, long generation) {
    Failure failure =
        state == State.RUNNING
            ? null
            : new Failure(0, "e1", 10, NOW.minus(Duration.ofHours(1)), null, 503, "HTTP 503");
    return new EmitterStatus(
        id, partition, state, generation, failure, state == State.RUNNING ? 0 : 10, NOW);
  }

  private void report(EmitterStatus status) throws Exception {
    send(
        topics.emitterStatus(),
        status.key(),
        new String(StatusJson.write(status), StandardCharsets.UTF_8));
  }

  private void send(String topic, String key, @Nullable String value) throws Exception {
    producer
        .send(
            new ProducerRecord<>(
                topic,
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8)))
        .get();
  }

  private static ConditionFactory eventually(String what) {
    return await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }
}
