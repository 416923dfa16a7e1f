package io.millrace.benchmarks.fanout;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.gateway.Gateway;
import io.millrace.gateway.GatewayConfig;
import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.MillraceTopics;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The gateway with clients of DES's WebSocket, who get what is written to Kafka. */
final class Millrace implements Contender {

  private static final MillraceTopics TOPICS = new MillraceTopics("fan");

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Gateway gateway;
  private final KafkaProducer<byte[], byte[]> producer;
  private long number;

  /** Starts it; {@code more} goes before what it is configured with. */
  Millrace(String brokers, Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", brokers);
    settings.put("topic.prefix", TOPICS.prefix());
    settings.put("management.port", "-1");
    settings.put("http.port", "0");
    settings.put("stream.fan.topics", "fan");
    settings.put("des.socket.session.events", "false");
    settings.put("websocket.max.connections.per.user", "0");
    settings.putAll(more);
    gateway = Gateway.start(new GatewayConfig(settings), registry);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "linger.ms", 0),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @Override
  public String name() {
    return "Millrace";
  }

  @Override
  public int port() {
    return gateway.port();
  }

  @Override
  public String path(boolean wants) {
    String topic = wants ? "fan" : "quiet";
    return "/events?topics=%5B%5B%22" + topic + "%22%5D%5D&clientId=load&name=load&version=1";
  }

  @Override
  public String authorization() {
    return "Basic "
        + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void publish(int count) {
    for (int i = 0; i < count; i++) {
      // What is lost would be missed by those who count.
      var unused =
          producer.send(EventRecords.write(TOPICS.stream("fan"), Event.cloudEvent(number++)));
    }
  }

  @Override
  public void close() {
    producer.close();
    gateway.close();
  }
}
