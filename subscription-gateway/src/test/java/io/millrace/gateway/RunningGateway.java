package io.millrace.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.model.event.EventRecords;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A gateway on a free port, the HTTP client of a test, and a look at what is in Kafka. */
final class RunningGateway implements AutoCloseable {

  static final ObjectMapper JSON = new ObjectMapper();

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final Gateway gateway;
  private final GatewayConfig config;
  private final String brokers;
  private final HttpClient client = HttpClient.newHttpClient();

  RunningGateway(String brokers, String prefix, Map<String, String> more) throws Exception {
    this.brokers = brokers;
    this.config = new GatewayConfig(settings(brokers, prefix, more));
    this.gateway = Gateway.start(config, registry);
  }

  static Map<String, String> settings(String brokers, String prefix, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", brokers);
    settings.put("topic.prefix", prefix);
    settings.put("http.port", "0");
    settings.put("ingest.linger.ms", "0");
    settings.putAll(more);
    return settings;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + gateway.port() + path);
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
  }

  /** A POST as admin. */
  HttpRequest.Builder post(String path, String body) {
    return to(path)
        .header("Authorization", basic("admin", "admin"))
        .POST(BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpClient client() {
    return client;
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + response.body(), e);
    }
  }

  static String basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** All events of a stream, up to its end now. */
  List<CloudEvent> stream(String name) throws Exception {
    List<CloudEvent> events = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records(name)) {
      events.add(EventRecords.read(record.headers(), record.value()));
    }
    return events;
  }

  List<ConsumerRecord<byte[], byte[]>> records(String name) {
    Map<String, Object> settings = Map.of("bootstrap.servers", brokers);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(config.topics().stream(name), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(500)).forEach(records::add);
      }
    }
    return records;
  }

  @Override
  public void close() {
    gateway.close();
  }
}
