package io.millrace.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.model.audit.AuditEntry;
import io.millrace.model.audit.AuditRecords;
import io.millrace.model.audit.AuditSource;
import io.millrace.model.audit.ChainLink;
import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The log of one Audit emitter, as a sink task would have written it. */
final class AuditLog implements AutoCloseable {

  static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

  final String id;
  private final MillraceTopics topics;
  private final KafkaProducer<byte[], byte[]> producer;
  private final String brokers;
  private ChainLink head = ChainLink.START;

  AuditLog(String brokers, MillraceTopics topics, String id, boolean transactional) {
    this.id = id;
    this.brokers = brokers;
    this.topics = topics;
    ByteArraySerializer bytes = new ByteArraySerializer();
    Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", brokers));
    settings.put("linger.ms", 20);
    if (transactional) {
      settings.put("transactional.id", topics.audit(id));
    }
    producer = new KafkaProducer<>(settings, bytes, bytes);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      new TopicProvisioner(admin)
          .ensure(
              List.of(
                  // Its entries are old.
                  TopicProvisioner.log(topics.audit(id), 1).configs(Map.of("retention.ms", "-1"))));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  KafkaProducer<byte[], byte[]> producer() {
    return producer;
  }

  /** Defines the emitter, whose log this is. */
  void define(String owner, String parameters) throws Exception {
    String json =
        "{\"type\":\"Audit\",\"topics\":[[\"a\"]],\"owner\":\"%s\",\"parameters\":%s}"
            .formatted(owner, parameters);
    byte[] definition = DefinitionJson.write(DefinitionJson.read(id, json.getBytes(UTF_8)));
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (var plain =
        new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", brokers), bytes, bytes)) {
      plain.send(new ProducerRecord<>(topics.emitters(), id.getBytes(UTF_8), definition)).get();
    }
  }

  /** Records an event so many milliseconds after the start. */
  void record(long millis, String event) {
    AuditEntry entry = head.next(START.plusMillis(millis), event.getBytes(UTF_8));
    AuditSource source = new AuditSource("topic-id", entry.sequence());
    var unused = producer.send(AuditRecords.write(topics.audit(id), entry, source));
    head = entry.link();
  }

  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
