package io.millrace.benchmarks.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.embedded.BrokerOptions;
import io.millrace.embedded.ConnectOptions;
import io.millrace.embedded.EmbeddedBroker;
import io.millrace.embedded.EmbeddedConnect;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The packaged connector on a real worker and broker, in this JVM. */
final class Worker implements AutoCloseable {

  private static final String BYTES = "org.apache.kafka.connect.converters.ByteArrayConverter";
  private static final String CONNECTOR = "io.millrace.emitter.webhook.WebhookEmitterConnector";

  private final EmbeddedBroker broker;
  private final EmbeddedConnect connect;
  private final KafkaProducer<byte[], byte[]> producer;
  private final HttpClient http = HttpClient.newHttpClient();
  private final byte[] data;
  private int names;

  Worker(Path folder, Path plugins, byte[] data) throws InterruptedException {
    this.data = data;
    broker = EmbeddedBroker.start(BrokerOptions.in(folder));
    connect = EmbeddedConnect.start(ConnectOptions.of(broker.bootstrapServers(), plugins, "load"));
    ByteArraySerializer bytes = new ByteArraySerializer();
    producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers()), bytes, bytes);
  }

  /** Reads a topic that is full, as fast as it goes. */
  void drain(URI url, Run run, int inFlight, int seconds) throws IOException, InterruptedException {
    String topic = "full-" + names++;
    provision(List.of(TopicProvisioner.log(topic, 1)));
    for (int event = 0; event < run.events(); event++) {
      produce(topic, event);
    }
    producer.flush();
    Map<String, String> config = config(inFlight);
    config.put("topics", topic);
    config.put("url", url.toString());
    put(topic, config);
    run.await(seconds);
    delete(topic);
  }

  /** Sends events at a fixed rate, in turn to emitters of all endpoints. */
  void stream(Endpoints endpoints, Run run, int inFlight, int perSecond)
      throws IOException, InterruptedException {
    MillraceTopics topics = new MillraceTopics("load" + names++);
    List<String> ids =
        IntStream.range(0, endpoints.count()).mapToObj(i -> "endpoint-" + i).toList();
    List<NewTopic> all =
        ids.stream()
            .map(id -> TopicProvisioner.log(topics.emitter(EmitterType.WEBHOOK, id), 1))
            .collect(Collectors.toCollection(ArrayList::new));
    all.add(TopicProvisioner.compacted(topics.emitters()));
    provision(all);
    for (int i = 0; i < ids.size(); i++) {
      String definition =
          "{\"type\":\"Webhook\",\"parameters\":{\"url\":\"%s\"}}".formatted(endpoints.url(i));
      send(topics.emitters(), ids.get(i).getBytes(UTF_8), definition.getBytes(UTF_8));
    }
    producer.flush();
    Map<String, String> config = config(inFlight);
    config.put(
        "topics.regex", topics.emitterPrefix(EmitterType.WEBHOOK).replace(".", "\\.") + ".*");
    config.put("emitter.definitions", "topic");
    config.put("bootstrap.servers", broker.bootstrapServers());
    config.put("topic.prefix", topics.prefix());
    put(topics.prefix(), config);
    List<String> emitters =
        ids.stream().map(id -> topics.emitter(EmitterType.WEBHOOK, id)).toList();
    // Start and warm-up are not what is measured.
    Run warmUp = new Run(2 * Math.max(perSecond, emitters.size()), 0);
    endpoints.aside(warmUp, () -> steadily(emitters, warmUp, perSecond));
    steadily(emitters, run, perSecond);
    delete(topics.prefix());
  }

  private void steadily(List<String> emitters, Run run, int perSecond) throws InterruptedException {
    long start = System.nanoTime();
    for (int event = 0; event < run.events(); event++) {
      long due = start + event * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      run.due(event, due);
      produce(emitters.get(event % emitters.size()), event);
    }
    run.await(60);
  }

  @Override
  public void close() {
    producer.close();
    connect.close();
    broker.close();
  }

  private static Map<String, String> config(int inFlight) {
    Map<String, String> config = new LinkedHashMap<>();
    config.put("connector.class", CONNECTOR);
    config.put("tasks.max", "1");
    config.put("key.converter", BYTES);
    config.put("value.converter", BYTES);
    config.put("header.converter", BYTES);
    config.put("max.in.flight", Integer.toString(inFlight));
    config.put("consumer.override.auto.offset.reset", "earliest");
    return config;
  }

  private void provision(List<NewTopic> topics) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      new TopicProvisioner(admin).ensure(topics);
    }
  }

  private void produce(String topic, int event) {
    ProducerRecord<byte[], byte[]> record =
        EventRecords.write(topic, new Event(event, data).cloudEvent());
    var unused = producer.send(record);
  }

  private void send(String topic, byte[] key, byte[] value) {
    var unused = producer.send(new ProducerRecord<>(topic, key, value));
  }

  private void put(String name, Map<String, String> config)
      throws IOException, InterruptedException {
    String json =
        config.entrySet().stream()
            .map(each -> "\"%s\":\"%s\"".formatted(each.getKey(), escaped(each.getValue())))
            .collect(Collectors.joining(",", "{", "}"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(connect.url().resolve("/connectors/" + name + "/config"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json));
    untilDone(request);
  }

  private void delete(String name) throws IOException, InterruptedException {
    untilDone(HttpRequest.newBuilder(connect.url().resolve("/connectors/" + name)).DELETE());
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

  private static String escaped(String text) {
    return text.replace("\\", "\\\\");
  }
}
