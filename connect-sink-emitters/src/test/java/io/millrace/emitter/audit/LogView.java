package io.millrace.emitter.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.audit.AuditEntry;
import io.millrace.model.audit.AuditFinding;
import io.millrace.model.audit.AuditRecords;
import io.millrace.model.audit.AuditVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a test sees of an audit log. */
final class LogView {

  private LogView() {}

  /** All entries that are committed now. */
  static List<AuditEntry> entries(String bootstrap, String log) {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    List<AuditEntry> entries = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed"),
            bytes,
            bytes)) {
      TopicPartition partition = new TopicPartition(log, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          entries.add(AuditRecords.read(record));
        }
      }
    }
    return entries;
  }

  /** The entries, which must hold. */
  static List<AuditEntry> verified(String bootstrap, String log) {
    List<AuditEntry> entries = entries(bootstrap, log);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (AuditEntry entry : entries) {
      entry.appendTo(lines);
      lines.write('\n');
    }
    List<AuditFinding> findings = new ArrayList<>();
    AuditVerifier verifier = new AuditVerifier(null, findings::add);
    try {
      verifier.read(log, new ByteArrayInputStream(lines.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(verifier.finish().entries()).isEqualTo(entries.size());
    assertThat(findings).isEmpty();
    return entries;
  }
}
