package io.millrace.benchmarks.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.Extensions;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import io.millrace.router.Router;
import io.millrace.router.RouterConfig;
import io.millrace.router.StreamsSettings;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** A stream of events, definitions of emitters, and who copies the one for the others. */
final class Rig implements AutoCloseable {

  private static final MillraceTopics TOPICS = new MillraceTopics(MillraceTopics.DEFAULT_PREFIX);
  private static final String STREAM = TOPICS.stream("load");

  // Topics that the broker is asked to create at a time.
  private static final int BATCH = 500;

  private final String bootstrapServers;
  private final List<String> targets;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Arrivals arrivals;

  Rig(String bootstrapServers, int wanted) {
    this.bootstrapServers = bootstrapServers;
    this.targets = IntStream.range(0, wanted).mapToObj(Rig::topic).toList();
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5, "batch.size", 131_072),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.arrivals = new Arrivals(bootstrapServers, targets);
  }

  /** Emitter n wants what is of topic {@code shop/n}; each has its Kafka topic. */
  void define(int emitters, boolean feel) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      var provisioner = new TopicProvisioner(admin);
      provisioner.ensure(
          List.of(TopicProvisioner.compacted(TOPICS.emitters()), TopicProvisioner.log(STREAM, 1)));
      List<NewTopic> batch = new ArrayList<>();
      for (int i = 0; i < emitters; i++) {
        batch.add(TopicProvisioner.log(topic(i), 1));
        if (batch.size() == BATCH || i == emitters - 1) {
          provisioner.ensure(batch);
          batch.clear();
        }
      }
    }
    String expression = feel ? "\"expression\": \"amount > 100\", " : "";
    for (int i = 0; i < emitters; i++) {
      String json =
          "{\"id\": \"%s\", \"type\": \"Console\", \"topics\": [[\"shop\", \"%d\"]], %s\"messages\": [\"order\"]}"
              .formatted(id(i), i, expression);
      send(new ProducerRecord<>(TOPICS.emitters(), id(i).getBytes(UTF_8), json.getBytes(UTF_8)));
    }
    producer.flush();
  }

  void fill(int events, int bytes) {
    byte[] data =
        "{\"amount\": 988, \"currency\": \"EUR\", \"note\": \"%s\"}"
            .formatted("x".repeat(Math.max(0, bytes - 48)))
            .getBytes(UTF_8);
    for (int i = 0; i < events; i++) {
      send(EventRecords.write(STREAM, event(i, data)));
    }
    producer.flush();
  }

  /** Records a second that the router brings to its emitters. */
  Rate router(String applicationId, int events) throws InterruptedException {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    arrivals.begin();
    Router router = Router.start(config(applicationId), registry);
    try {
      return arrivals.await(events);
    } finally {
      router.close();
    }
  }

  /** Records a second that Streams brings to the same topics when nothing has to be found out. */
  Rate bare(String applicationId, int events) throws InterruptedException {
    arrivals.begin();
    try (KafkaStreams copy =
        new KafkaStreams(bareCopy(), StreamsSettings.tuning(config(applicationId)))) {
      copy.start();
      return arrivals.await(events);
    }
  }

  @Override
  public void close() {
    arrivals.close();
    producer.close();
  }

  private Topology bareCopy() {
    var builder = new StreamsBuilder();
    var bytes = Serdes.ByteArray();
    var stream =
        builder.stream(
            STREAM, Consumed.with(bytes, bytes).withOffsetResetPolicy(AutoOffsetReset.earliest()));
    if (targets.size() == 1) {
      stream.to(targets.get(0), Produced.with(bytes, bytes));
    } else {
      stream.to(
          (key, value, context) -> targets.get((int) (context.offset() % targets.size())),
          Produced.with(bytes, bytes));
    }
    return builder.build();
  }

  private RouterConfig config(String applicationId) {
    return new RouterConfig(
        Map.of(
            RouterConfig.BOOTSTRAP_SERVERS,
            bootstrapServers,
            RouterConfig.APPLICATION_ID,
            applicationId));
  }

  // What is lost would be missed by whoever awaits the arrivals.
  private void send(ProducerRecord<byte[], byte[]> record) {
    var unused = producer.send(record);
  }

  private CloudEvent event(int i, byte[] data) {
    return CloudEventBuilder.v1()
        .withId("7f1c1c4e-5c7c-4a51-9b7c-" + i)
        .withSource(URI.create("shop"))
        .withType("order")
        .withSubject("account-" + i % 1000)
        .withTime(OffsetDateTime.parse("2026-01-31T10:00:00Z"))
        .withExtension(Extensions.TOPIC_PATH, "shop/" + i % targets.size())
        .withData("application/json", data)
        .build();
  }

  private static String id(int i) {
    return "emitter-" + i;
  }

  private static String topic(int i) {
    return TOPICS.emitter(EmitterType.CONSOLE, id(i));
  }
}
