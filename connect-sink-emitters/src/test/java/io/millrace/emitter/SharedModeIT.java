package io.millrace.emitter;

import static io.millrace.emitter.EmitterWorker.event;
import static io.millrace.emitter.EmitterWorker.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.webhook.WebhookEmitterConnector;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emitters that the topic of definitions defines, in a real worker. */
class SharedModeIT {

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
  void sharedModeServesEmittersAsTheyComeChangeAndGo() throws Exception {
    MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("shared"));
    worker.provision(TopicProvisioner.compacted(topics.emitters()));
    define(topics, "first", "http://127.0.0.1:1/dead");
    try (Receiver before = new Receiver(200);
        Receiver after = new Receiver(200);
        EmitterWorker.Started started =
            worker.put(KafkaFixture.uniqueName("shared"), shared(topics))) {
      worker.produce(topics.emitter(EmitterType.WEBHOOK, "first"), event(0, "a"));

      define(topics, "second", before.url());
      worker.produce(topics.emitter(EmitterType.WEBHOOK, "second"), event(1, "a"));
      eventually("served").until(() -> before.ids().contains("1"));

      define(topics, "second", after.url());
      produceUntil(topics, "second", 2, () -> !after.accepted().isEmpty());

      write(topics, "second", null);
      define(topics, "third", before.url());
      worker.produce(topics.emitter(EmitterType.WEBHOOK, "third"), event(10_000, "a"));
      // The log of definitions is read in order: who knows the third knows that the second is gone.
      eventually("third served").until(() -> before.ids().contains("10000"));
      int seen = after.accepted().size();
      worker.produce(topics.emitter(EmitterType.WEBHOOK, "second"), event(10_001, "a"));
      worker.produce(topics.emitter(EmitterType.WEBHOOK, "third"), event(10_002, "a"));
      eventually("third served again").until(() -> before.ids().contains("10002"));
      assertThat(after.accepted()).as("after its removal").hasSize(seen);
      assertThat(worker.committed(started.name(), topics.emitter(EmitterType.WEBHOOK, "first")))
          .isZero();
    }
  }

  private static Map<String, String> shared(MillraceTopics topics) {
    Map<String, String> config = worker.base(WebhookEmitterConnector.class);
    config.put(
        "topics.regex", topics.emitterPrefix(EmitterType.WEBHOOK).replace(".", "\\.") + ".*");
    config.put("emitter.definitions", "topic");
    config.put("bootstrap.servers", worker.bootstrap);
    config.put("topic.prefix", topics.prefix());
    config.put("consumer.override.metadata.max.age.ms", "1000");
    config.put(
        "consumer.override.partition.assignment.strategy",
        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
    return config;
  }

  private static void define(MillraceTopics topics, String id, String url) throws Exception {
    worker.provision(TopicProvisioner.log(topics.emitter(EmitterType.WEBHOOK, id), 1));
    EmitterDefinition definition =
        new EmitterDefinition(
            id,
            EventFilter.EVERYTHING,
            null,
            Events.parameters(EmitterType.WEBHOOK, Map.of("url", url)));
    write(topics, id, DefinitionJson.write(definition));
  }

  private static void write(MillraceTopics topics, String id, byte @Nullable [] value)
      throws Exception {
    worker.send(
        new ProducerRecord<>(topics.emitters(), id.getBytes(StandardCharsets.UTF_8), value));
  }

  private static void produceUntil(
      MillraceTopics topics, String id, int first, Callable<Boolean> done) {
    int[] next = {first};
    eventually("the changed emitter is used")
        .until(
            () -> {
              worker.produce(topics.emitter(EmitterType.WEBHOOK, id), event(next[0]++, "a"));
              return done.call();
            });
  }
}
