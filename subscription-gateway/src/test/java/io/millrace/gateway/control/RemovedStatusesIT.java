package io.millrace.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What is left of an emitter goes with its topic. */
class RemovedStatusesIT {

  private final MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("statuses"));
  private final Map<String, Object> clients =
      Map.of("bootstrap.servers", KafkaFixture.shared().bootstrapServers());

  @Test
  void statusesGoWithTheTopicOfAnEmitterThatIsNoMore() throws Exception {
    String removed = topics.emitter(EmitterType.CONSOLE, "removed");
    String formerType = topics.emitter(EmitterType.CONSOLE, "changed");
    try (Admin admin = KafkaFixture.shared().admin()) {
      TopicProvisioner provisioner = new TopicProvisioner(admin);
      provisioner.ensure(
          List.of(
              TopicProvisioner.compacted(topics.emitters()),
              TopicProvisioner.compacted(topics.emitterStatus()),
              TopicProvisioner.log(removed, 2),
              TopicProvisioner.log(formerType, 1)));
      try (var writer = new DefinitionWriter(clients, provisioner, topics, 1)) {
        writer.write(List.of(Definitions.ownedFile("changed", "ada")));
      }
      report("removed", 0);
      report("removed", 1);
      report("changed", 0);
      Map<String, String> settings = Map.of(ControlConfig.TOPIC_DELETE_DELAY, "500");
      try (Control control =
          Control.start(
              ControlConfigTest.config(settings), clients, topics, new SimpleMeterRegistry())) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    admin.listTopics().names().get().stream()
                        .noneMatch(name -> name.equals(removed) || name.equals(formerType)));
        assertThat(control.definitions().get("changed")).isPresent();
      }
    }
    assertThat(standing()).containsOnlyKeys(EmitterStatus.key("changed", 0));
  }

  private void report(String emitterId, int partition) throws Exception {
    var serializer = new StringSerializer();
    try (var producer = new KafkaProducer<>(clients, serializer, serializer)) {
      String key = EmitterStatus.key(emitterId, partition);
      producer.send(new ProducerRecord<>(topics.emitterStatus(), key, "{}")).get();
    }
  }

  private Map<String, String> standing() {
    Map<String, String> standing = new HashMap<>();
    TopicPartition partition = new TopicPartition(topics.emitterStatus(), 0);
    var deserializer = new StringDeserializer();
    try (var consumer = new KafkaConsumer<>(clients, deserializer, deserializer)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> standing.put(record.key(), record.value()));
      }
    }
    standing.values().removeIf(value -> value == null);
    return standing;
  }
}
