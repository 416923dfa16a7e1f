package io.millrace.source.push;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.millrace.fixtures.ConnectFixture;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.PluginZip;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.model.kafka.TopicProvisioner;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.core.ConditionFactory;

/** A real Connect worker with the packaged plug-in, and the streams that it writes to. */
public final class SourceWorker implements AutoCloseable {

  private static final String CONVERTER = "org.apache.kafka.connect.converters.ByteArrayConverter";

  private final String bootstrap;
  private final ConnectFixture connect;

  private SourceWorker(String bootstrap, Path plugins) throws Exception {
    this.bootstrap = bootstrap;
    this.connect = ConnectFixture.start(bootstrap, plugins);
  }

  /** Over the broker that all tests share. */
  public static SourceWorker start(Path plugins) throws Exception {
    return start(KafkaFixture.shared().bootstrapServers(), plugins);
  }

  static SourceWorker start(String bootstrap, Path plugins) throws Exception {
    unpack(plugins);
    return new SourceWorker(bootstrap, plugins);
  }

  public static void unpack(Path plugins) throws Exception {
    PluginZip.unpack(Path.of(System.getProperty("millrace.plugin.zip")), plugins);
  }

  public ConnectFixture connect() {
    return connect;
  }

  /** A connector that runs, with a stream of its own. */
  public Source run(Map<String, String> vendors) throws Exception {
    Source source = put(vendors);
    connect.awaitRunning(source.name());
    return source;
  }

  /** A connector that may be failing, with a stream of its own. */
  public Source put(Map<String, String> vendors) throws Exception {
    Source source = source(vendors);
    connect.put(source.name(), source.config());
    return source;
  }

  private Source source(Map<String, String> vendors) throws Exception {
    return source(bootstrap, vendors, connect);
  }

  /**
   * A connector that is not started yet, with a stream of its own.
   *
   * @param connect where it is to run; null if that is elsewhere
   */
  static Source source(String bootstrap, Map<String, String> vendors, ConnectFixture connect)
      throws Exception {
    String name = KafkaFixture.uniqueName("source");
    Map<String, String> config = new HashMap<>(vendors);
    config.put("name", name);
    config.put("topic.prefix", name);
    config.put("stream", "events");
    config.put("key.converter", CONVERTER);
    config.put("value.converter", CONVERTER);
    config.put("header.converter", CONVERTER);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log(name + ".stream.events", 1)));
    }
    return new Source(name, config, bootstrap, connect);
  }

  @Override
  public void close() {
    connect.close();
  }

  public static ConditionFactory eventually(String what) {
    return await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }

  /** A connector and its stream. */
  public record Source(
      String name, Map<String, String> config, String bootstrap, ConnectFixture connect)
      implements AutoCloseable {

    @Override
    public void close() {
      connect.delete(name);
    }

    /** The stream's records from the first on, once there are so many. */
    public List<ConsumerRecord<byte[], byte[]>> records(int count) {
      return records(read -> read.size() >= count);
    }

    /** The stream's events from the first on, once there are so many. */
    public List<CloudEvent> events(int count) {
      return records(count).stream().map(Source::event).toList();
    }

    /** The stream's events from the first on, once one has this id. */
    public List<CloudEvent> eventsUpTo(String id) {
      return records(read -> read.stream().anyMatch(each -> event(each).getId().equals(id)))
          .stream()
          .map(Source::event)
          .toList();
    }

    /** Why the task has failed, once it has. */
    public String failure() {
      HttpRequest request =
          HttpRequest.newBuilder(connect.url().resolve("/connectors/" + name + "/status")).build();
      String[] trace = {""};
      eventually(name + " failed")
          .until(
              () -> {
                String status =
                    HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
                JsonNode task = new ObjectMapper().readTree(status).path("tasks").path(0);
                trace[0] = task.path("trace").asText();
                return task.path("state").asText().equals("FAILED");
              });
      return trace[0];
    }

    private List<ConsumerRecord<byte[], byte[]>> records(
        Predicate<List<ConsumerRecord<byte[], byte[]>>> enough) {
      ByteArrayDeserializer bytes = new ByteArrayDeserializer();
      try (var consumer =
          new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrap), bytes, bytes)) {
        TopicPartition partition = new TopicPartition(name + ".stream.events", 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        eventually("records of " + name)
            .until(
                () -> {
                  consumer.poll(Duration.ofMillis(100)).forEach(read::add);
                  return enough.test(read);
                });
        return read;
      }
    }

    private static CloudEvent event(ConsumerRecord<byte[], byte[]> record) {
      try {
        return EventRecords.read(record.headers(), record.value());
      } catch (UnreadableEventException e) {
        throw new AssertionError(e);
      }
    }
  }
}
