package io.millrace.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.millrace.embedded.ConnectOptions;
import io.millrace.fixtures.ConnectFixture;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.PluginZip;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.model.kafka.TopicProvisioner;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.connect.source.SourceConnector;
import org.awaitility.core.ConditionFactory;

/** A real Connect worker with the packaged zip, and the broker that it works for. */
public final class SourceWorker implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String bootstrap;
  private final ConnectFixture connect;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Starts the worker with the packaged plug-in, unpacked into that folder. */
  public SourceWorker(Path plugins) throws Exception {
    this(plugins, Map.of());
  }

  /** Starts it with settings that win over those of the fixture. */
  public SourceWorker(Path plugins, Map<String, String> settings) throws Exception {
    unpack(plugins);
    bootstrap = KafkaFixture.shared().bootstrapServers();
    connect =
        ConnectFixture.start(
            ConnectOptions.of(bootstrap, plugins, KafkaFixture.uniqueName("sources"))
                .withSettings(settings));
  }

  /** Unpacks the packaged plug-in. */
  public static void unpack(Path plugins) throws IOException {
    PluginZip.unpack(Path.of(System.getProperty("millrace.plugin.zip")), plugins);
  }

  /** A connector that is removed at the end of its test. */
  public record Started(String name, ConnectFixture connect) implements AutoCloseable {
    @Override
    public void close() {
      connect.delete(name);
    }
  }

  /** Configuration that every source needs; the stream's topic is created. */
  public static Map<String, String> base(Class<? extends SourceConnector> type) throws Exception {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", type.getName());
    config.put("tasks.max", "1");
    for (String part : List.of("key", "value", "header")) {
      config.put(part + ".converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    }
    config.put("stream", KafkaFixture.uniqueName("source"));
    config.put("retry.backoff.ms", "100");
    config.put("retry.backoff.max.ms", "500");
    try (Admin admin = KafkaFixture.shared().admin()) {
      new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log(topic(config), 1)));
    }
    return config;
  }

  /** The Kafka topic that a configuration leads to. */
  public static String topic(Map<String, String> config) {
    return "millrace.stream." + config.get("stream");
  }

  /** Creates the connector and waits until it runs. */
  public Started put(String name, Map<String, String> config) {
    connect.put(name, config);
    connect.awaitRunning(name);
    return new Started(name, connect);
  }

  /** Creates the connector and waits until its task fails; gives the reason. */
  public String putToFail(String name, Map<String, String> config) {
    connect.put(name, config);
    String[] trace = new String[1];
    eventually("failure of " + name)
        .until(
            () -> {
              JsonNode task = get("/connectors/" + name + "/status").path("tasks").path(0);
              trace[0] = task.path("trace").asText();
              return task.path("state").asText().equals("FAILED");
            });
    connect.delete(name);
    return trace[0];
  }

  /** What validation finds, by key; empty for nothing. */
  public Map<String, List<String>> problems(Map<String, String> config) throws Exception {
    String type = config.get("connector.class");
    config.putIfAbsent("name", "validated");
    HttpRequest request =
        HttpRequest.newBuilder(
                connect.url().resolve("/connector-plugins/" + type + "/config/validate"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(JSON.writeValueAsString(config)))
            .build();
    JsonNode answer = JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    Map<String, List<String>> problems = new TreeMap<>();
    for (JsonNode each : answer.path("configs")) {
      for (JsonNode error : each.at("/value/errors")) {
        problems
            .computeIfAbsent(each.at("/value/name").asText(), key -> new ArrayList<>())
            .add(error.asText());
      }
    }
    return problems;
  }

  /** What the REST API says. */
  public JsonNode get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(connect.url().resolve(path)).build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  /** Asks the REST API for something else, until it is done; gives the answer's status. */
  public int call(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(connect.url().resolve(path))
            .method(method, BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  /** Reads a topic's only partition from its beginning, what is committed only. */
  public static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            KafkaFixture.shared().bootstrapServers(),
            "isolation.level",
            "read_committed");
    try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      eventually("%d records in %s".formatted(count, topic))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= count;
              });
      return records;
    }
  }

  /** The same as events. */
  public static List<CloudEvent> events(String topic, int count) {
    return read(topic, count).stream().map(SourceWorker::event).toList();
  }

  private static CloudEvent event(ConsumerRecord<byte[], byte[]> record) {
    try {
      return EventRecords.read(record.headers(), record.value());
    } catch (UnreadableEventException e) {
      throw new AssertionError(e);
    }
  }

  /** The data as a text; empty if there is none. */
  public static String data(CloudEvent event) {
    return Optional.ofNullable(event.getData())
        .map(data -> new String(data.toBytes(), UTF_8))
        .orElse("");
  }

  public static ConditionFactory eventually(String what) {
    return await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }

  @Override
  public void close() {
    connect.close();
  }
}
