package io.millrace.benchmarks.sources;

import io.millrace.benchmarks.load.Jvm;
import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.ConnectOptions;
import io.millrace.embedded.EmbeddedBroker;
import io.millrace.embedded.EmbeddedConnect;
import io.millrace.model.kafka.TopicProvisioner;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The packaged connectors on a real worker and broker, in this JVM. */
final class SourceWorker implements AutoCloseable {

  private static final long PATIENCE = Duration.ofMinutes(5).toNanos();

  private final EmbeddedBroker broker;
  private final EmbeddedConnect connect;
  private final HttpClient http = HttpClient.newHttpClient();
  private int names;

  SourceWorker(Path folder, Path plugins, Map<String, String> settings)
      throws InterruptedException {
    broker = EmbeddedBroker.start(BrokerOptions.in(folder));
    connect =
        EmbeddedConnect.start(
            ConnectOptions.of(broker.bootstrapServers(), plugins, "load").withSettings(settings));
  }

  /**
   * What one run has shown.
   *
   * @param seconds from the connector's creation until Kafka had everything
   * @param perSecond from the first event in Kafka to the last
   * @param liveMegabytes heap that is in use more than before, while the connector is still there
   */
  record Result(double seconds, double perSecond, long liveMegabytes) {}

  /** Runs a connector until its stream has so many events. */
  Result run(Map<String, String> given, int events) throws IOException, InterruptedException {
    String name = "load" + names++;
    Map<String, String> config = new HashMap<>(given);
    String topic = "millrace.stream." + name;
    config.put("stream", name);
    config.put(BareSourceConnector.TOPIC, topic);
    for (String part : List.of("key", "value", "header")) {
      config.put(part + ".converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log(topic, 1)));
    }
    long before = live();
    long start = System.nanoTime();
    put(name, config);
    double perSecond = await(topic, events, start);
    double seconds = (System.nanoTime() - start) / 1e9;
    long more = live() - before;
    untilDone(HttpRequest.newBuilder(connect.url().resolve("/connectors/" + name)).DELETE());
    return new Result(seconds, perSecond, more / 1_000_000);
  }

  private double await(String topic, int events, long start) throws InterruptedException {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    TopicPartition log = new TopicPartition(topic, 0);
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "max.poll.records", 1);
    try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      consumer.assign(List.of(log));
      while (consumer.endOffsets(List.of(log)).getOrDefault(log, 0L) < events) {
        if (System.nanoTime() - start > PATIENCE) {
          throw new IllegalStateException("not all events came in time");
        }
        Thread.sleep(20);
      }
      long millis = timestamp(consumer, log, events - 1L) - timestamp(consumer, log, 0);
      return events * 1_000.0 / Math.max(1, millis);
    }
  }

  private static long timestamp(
      KafkaConsumer<byte[], byte[]> consumer, TopicPartition log, long offset) {
    consumer.seek(log, offset);
    while (true) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
        return record.timestamp();
      }
    }
  }

  private static long live() {
    System.gc();
    return Jvm.usedHeap();
  }

  private void put(String name, Map<String, String> config)
      throws IOException, InterruptedException {
    String json =
        config.entrySet().stream()
            .map(each -> "\"%s\":\"%s\"".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    untilDone(
        HttpRequest.newBuilder(connect.url().resolve("/connectors/" + name + "/config"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  // A conflict says that the worker rebalances.
  private void untilDone(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    for (int i = 0; answer.statusCode() == 409 && i < 100; i++) {
      Thread.sleep(100);
      answer = http.send(request.build(), BodyHandlers.ofString());
    }
    if (answer.statusCode() >= 300) {
      throw new IOException("Connect answered " + answer.statusCode() + ": " + answer.body());
    }
  }

  @Override
  public void close() {
    connect.close();
    broker.close();
  }
}
