package io.millrace.emitter.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.emitter.audit.ChainWriter.Pending;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.audit.AuditEntry;
import io.millrace.model.audit.AuditRecords;
import io.millrace.model.audit.AuditSource;
import io.millrace.model.audit.ChainLink;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainWriterIT {

  private final String bootstrap = KafkaFixture.shared().bootstrapServers();
  private final String log = KafkaFixture.uniqueName("audit");
  private LogClients clients;

  @BeforeEach
  void open() {
    clients = new LogClients(Map.of("bootstrap.servers", bootstrap));
  }

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void goesOnWhereTheLogEnds() throws Exception {
    try (ChainWriter first = writer();
        ChainWriter second = writer()) {
      first.append(events("t", 0, 3));
      first.append(events("t", 3, 5));
      second.append(events("t", 5, 6));
    }
    assertThat(ids()).containsExactly("t0", "t1", "t2", "t3", "t4", "t5");
  }

  @Test
  void passesOverWhatIsRecorded() throws Exception {
    try (ChainWriter first = writer();
        ChainWriter second = writer()) {
      first.append(events("t", 0, 4));
      first.append(events("t", 2, 5));
      second.append(events("t", 0, 6));
    }
    assertThat(ids()).containsExactly("t0", "t1", "t2", "t3", "t4", "t5");
  }

  @Test
  void topicThatWasCreatedAnewBeginsAnew() throws Exception {
    try (ChainWriter writer = writer()) {
      writer.append(events("old", 0, 4));
      writer.append(events("new", 0, 2));
      writer.append(events("new", 0, 3));
    }
    assertThat(ids()).containsExactly("old0", "old1", "old2", "old3", "new0", "new1", "new2");
  }

  /** Two tasks both think that the lane is theirs. */
  @Test
  void writersThatCompeteNeitherForkNorDouble() throws Exception {
    try (ChainWriter zombie = writer();
        ChainWriter heir = writer()) {
      zombie.append(events("t", 0, 2));
      heir.append(events("t", 1, 4));
      assertThatThrownBy(() -> zombie.append(events("t", 2, 5))).isInstanceOf(KafkaException.class);
      zombie.append(events("t", 2, 5));
      assertThatThrownBy(() -> heir.append(events("t", 4, 6))).isInstanceOf(KafkaException.class);
      heir.append(events("t", 4, 6));
    }
    assertThat(ids()).containsExactly("t0", "t1", "t2", "t3", "t4", "t5");
  }

  @Test
  void whatADeadWriterLeftOpenIsNotThere() throws Exception {
    try (ChainWriter before = writer()) {
      before.append(events("t", 0, 2));
    }
    Producer<byte[], byte[]> dead = clients.producer(log);
    dead.initTransactions();
    dead.beginTransaction();
    AuditEntry fork =
        new ChainLink(2, "f".repeat(64), Instant.EPOCH).next(Instant.now(), "{}".getBytes(UTF_8));
    dead.send(AuditRecords.write(log, fork, new AuditSource("t", 2))).get();
    try (ChainWriter after = writer()) {
      after.append(events("t", 2, 4));
    } finally {
      dead.close();
    }
    assertThat(ids()).containsExactly("t0", "t1", "t2", "t3");
  }

  @Test
  void findsTheEndBehindManyThatWereAborted() throws Exception {
    try (ChainWriter before = writer()) {
      before.append(events("t", 0, 2));
    }
    try (Producer<byte[], byte[]> other = clients.producer(log)) {
      other.initTransactions();
      for (int i = 0; i < 20; i++) {
        other.beginTransaction();
        AuditEntry entry = ChainLink.START.next(Instant.now(), "{}".getBytes(UTF_8));
        other.send(AuditRecords.write(log, entry, new AuditSource("t", 9))).get();
        other.abortTransaction();
      }
    }
    try (ChainWriter after = writer()) {
      after.append(events("t", 0, 3));
    }
    assertThat(ids()).containsExactly("t0", "t1", "t2");
  }

  @Test
  void eventThatIsTooLargeLeavesTheChainWhole() throws Exception {
    Pending huge = new Pending(new AuditSource("t", 1), new byte[9 << 20]);
    try (ChainWriter writer = writer()) {
      writer.append(events("t", 0, 1));
      List<Pending> batch = List.of(huge, events("t", 2, 3).get(0));
      assertThatThrownBy(() -> writer.append(batch)).hasStackTraceContaining("RecordTooLarge");
      writer.append(events("t", 2, 3));
    }
    assertThat(ids()).containsExactly("t0", "t2");
  }

  @Test
  void closesWhatNobodyUsesAndOpensItAgain() throws Exception {
    try (ChainWriter writer = writer()) {
      writer.append(events("t", 0, 1));
      writer.closeIfIdleSince(Instant.now().plusSeconds(1));
      writer.append(events("t", 1, 2));
    }
    assertThat(ids()).containsExactly("t0", "t1");
  }

  private ChainWriter writer() {
    return new ChainWriter(clients, log, Clock.systemUTC());
  }

  private List<String> ids() {
    return LogView.verified(bootstrap, log).stream()
        .map(entry -> new String(entry.event(), UTF_8).replaceAll("\\{\"id\":\"(.*)\"}", "$1"))
        .toList();
  }

  private static List<Pending> events(String topicId, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                new Pending(
                    new AuditSource(topicId, i),
                    "{\"id\":\"%s%d\"}".formatted(topicId, i).getBytes(UTF_8)))
        .toList();
  }
}
