package io.millrace.gateway.publicapi.emitters;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.publicapi.BlockingWork;
import io.millrace.gateway.publicapi.BodyFields;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Envelope;
import io.millrace.gateway.publicapi.PublicApi;
import io.millrace.gateway.publicapi.Route;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.event.EventRecords;
import io.millrace.model.event.Extensions;
import io.millrace.model.kafka.MillraceTopics;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes an event into one emitter's own topic, past the router: it is delivered as any other is.
 */
final class TestEvents implements AutoCloseable {

  static final String TYPE = "io.millrace.test";

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Emitters emitters;
  private final BlockingWork work;
  private final MillraceTopics topics;
  private final Clock clock;
  private final Supplier<String> ids;
  private final Producer<byte[], byte[]> producer;

  TestEvents(
      Emitters emitters,
      BlockingWork work,
      Map<String, ?> clientConfig,
      MillraceTopics topics,
      Clock clock,
      Supplier<String> ids) {
    this.emitters = emitters;
    this.work = work;
    this.topics = topics;
    this.clock = clock;
    this.ids = ids;
    Map<String, Object> config = new HashMap<>(clientConfig);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "millrace-gateway-test-events");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
    var serializer = new ByteArraySerializer();
    this.producer = new KafkaProducer<>(config, serializer, serializer);
  }

  List<Route> routes() {
    return List.of(new Route("POST", Definitions.ONE + "/test", this::test));
  }

  private CompletionStage<Reply> test(Call call) {
    EmitterDefinition emitter = emitters.get(call.path("id"), call.principal());
    return call.json()
        .thenCompose(
            body -> {
              new BodyFields(body, Set.of()).finish();
              CloudEvent event = event(emitter, call.principal());
              return work.run(() -> write(emitter, event));
            });
  }

  private CloudEvent event(EmitterDefinition emitter, Principal principal) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("message", "A test of emitter " + emitter.id());
    data.put("emitter", emitter.id());
    CloudEventBuilder event =
        CloudEventBuilder.v1()
            .withId(ids.get())
            .withType(TYPE)
            .withSource(URI.create(PublicApi.ROOT + Definitions.PATH + "/" + emitter.id()))
            .withTime(OffsetDateTime.now(clock.withZone(ZoneOffset.UTC)))
            .withData("application/json", RequestJson.write(data))
            .withExtension(Extensions.USER, principal.name())
            // A test that fails holds up no event but the next test.
            .withExtension(Extensions.PARTITION_KEY, TYPE);
    emitter.filter().topics().stream()
        .findFirst()
        .ifPresent(topic -> event.withExtension(Extensions.TOPIC_PATH, topic.toString()));
    return event.build();
  }

  private Reply write(EmitterDefinition emitter, CloudEvent event) throws InterruptedException {
    String topic = topics.emitter(emitter.type(), emitter.id());
    try {
      RecordMetadata written = producer.send(EventRecords.write(topic, event)).get();
      ObjectNode data = JsonNodeFactory.instance.objectNode();
      data.put("id", event.getId());
      data.put("topic", topic);
      data.put("partition", written.partition());
      data.put("offset", written.offset());
      return Envelope.data(202, data);
    } catch (ExecutionException e) {
      throw new KafkaException("a test event could not be written", e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }
}
