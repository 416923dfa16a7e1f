package io.millrace.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {

  private static final TopicPartition NEWS = new TopicPartition("news", 0);

  @TempDir Path folder;

  @Test
  void restartOnTheSameFolderKeepsRecords() throws Exception {
    BrokerOptions options = BrokerOptions.in(folder);
    try (EmbeddedBroker broker = EmbeddedBroker.start(options)) {
      createTopic(broker);
      send(broker, "first");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(options)) {
      send(broker, "second");
      assertThat(read(broker, 2)).containsExactly("first", "second");
    }
  }

  @Test
  void restartsOnTheSamePort() {
    Endpoint first;
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(folder))) {
      first = broker.endpoint();
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(folder).withListen(first))) {
      assertThat(broker.bootstrapServers()).isEqualTo(first.toString());
    }
  }

  @Test
  void secondStartOnTheSameFolderIsRefusedAndDisturbsNobody() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(folder))) {
      assertThatThrownBy(() -> EmbeddedBroker.start(BrokerOptions.in(folder)))
          .isInstanceOf(StartRefusedException.class)
          .hasMessage("The data folder " + folder + " is in use by another process.");
      createTopic(broker);
      send(broker, "still here");
      assertThat(read(broker, 1)).containsExactly("still here");
    }
  }

  @Test
  void takenPortIsRefusedAndTheFolderLetGo() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new java.net.InetSocketAddress("127.0.0.1", 0));
      BrokerOptions options =
          BrokerOptions.in(folder).withListen(Endpoint.loopback(taken.getLocalPort()));
      assertThatThrownBy(() -> EmbeddedBroker.start(options))
          .isInstanceOf(StartRefusedException.class)
          .hasMessage(
              "Cannot listen on 127.0.0.1:"
                  + taken.getLocalPort()
                  + ": Address already in use (wanted by the Kafka broker).");
    }
    FolderLock.acquire(folder).close();
  }

  @Test
  void useOfAnUnknownTopicCreatesNone() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerOptions.in(folder));
        Admin admin = admin(broker);
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", "500"),
                new StringSerializer(),
                new StringSerializer())) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>("typo", "x")).get());
      assertThat(admin.listTopics().names().get()).isEmpty();
    }
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static void createTopic(EmbeddedBroker broker) throws Exception {
    try (Admin admin = admin(broker)) {
      admin
          .createTopics(List.of(new NewTopic(NEWS.topic(), Optional.of(1), Optional.empty())))
          .all()
          .get();
    }
  }

  private static void send(EmbeddedBroker broker, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all"),
            new org.apache.kafka.common.serialization.ByteArraySerializer(),
            new org.apache.kafka.common.serialization.ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(NEWS.topic(), value.getBytes(UTF_8))).get();
    }
  }

  private static List<String> read(EmbeddedBroker broker, int count) {
    List<String> values = new java.util.ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(List.of(NEWS));
      consumer.seekToBeginning(List.of(NEWS));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                for (ConsumerRecord<String, String> record :
                    consumer.poll(Duration.ofMillis(100))) {
                  values.add(record.value());
                }
                return values.size() >= count;
              });
    }
    return values;
  }
}
