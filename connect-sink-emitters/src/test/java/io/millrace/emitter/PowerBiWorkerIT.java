package io.millrace.emitter;

import static io.millrace.emitter.EmitterWorker.eventually;
import static io.millrace.emitter.EmitterWorker.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.powerbi.PowerBiServer;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Power BI emitter in a real worker. */
class PowerBiWorkerIT {

  @TempDir private static Path plugins;
  private static EmitterWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker = new EmitterWorker(plugins);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void sampleFillsTheTableAndDeadLettersTheBadRow() throws Exception {
    String topic = worker.topic();
    String deadLetters = KafkaFixture.uniqueName("dead");
    try (PowerBiServer server = new PowerBiServer(Clock.systemUTC(), 40)) {
      Map<String, String> config = KafkaWorkerIT.sample("powerbi");
      config.put("topics", topic);
      config.put("consumer.override.auto.offset.reset", "earliest");
      config.put("id", "d-1");
      config.put("powerbi.base.url", server.url());
      config.put("powerbi.login.url", server.url());
      config.put("identity.token.url", server.url() + "/tenant/oauth2/v2.0/token");
      config.put("retry.backoff.ms", "100");
      config.put("retry.backoff.max.ms", "500");
      config.put("dead.letter.topic", deadLetters);
      config.put("bootstrap.servers", worker.bootstrap);
      for (int i = 0; i < 100; i++) {
        String amount = i == 57 ? "\"much\"" : Integer.toString(i);
        worker.produce(topic, Events.event(Integer.toString(i), "{\"amount\":" + amount + "}"));
      }
      try (EmitterWorker.Started started = worker.put(KafkaFixture.uniqueName("powerbi"), config)) {
        eventually("committed").until(() -> worker.committed(started.name(), topic) == 100);
        assertThat(server.rows()).extracting(row -> row.path("Order").asText()).hasSize(99);
        assertThat(worker.read(deadLetters, 1))
            .singleElement()
            .satisfies(
                letter ->
                    assertThat(header(letter, "deadletter_cause"))
                        .isEqualTo("column Amount takes numbers, and the value is another text"));
      }
    }
  }

  @Test
  void sharedSampleStarts() throws Exception {
    Map<String, String> config = KafkaWorkerIT.sample("powerbi-shared");
    config.put("bootstrap.servers", worker.bootstrap);
    MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("shared"));
    worker.provision(TopicProvisioner.compacted(topics.emitters()));
    config.put(
        "topics.regex", topics.emitterPrefix(EmitterType.POWER_BI).replace(".", "\\.") + ".*");
    config.put("topic.prefix", topics.prefix());
    worker.put(KafkaFixture.uniqueName("powerbi"), config).close();
  }
}
