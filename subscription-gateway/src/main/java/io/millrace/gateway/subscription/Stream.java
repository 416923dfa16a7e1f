package io.millrace.gateway.subscription;

import io.millrace.filter.Tenants;
import io.millrace.filter.audience.AccessRules;
import io.millrace.filter.audience.RulesInForce;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/** One stream that is read here: its newest end, and blocks of its past for those behind. */
final class Stream {

  final String name;
  final TopicPartition partition;
  final Head head;
  private final Blocks past;

  Stream(String name, TopicPartition partition, long ringBytes, long pastBytes) {
    this(name, partition, ringBytes, pastBytes, Tenants.FLAT, new RulesInForce(AccessRules.OPEN));
  }

  Stream(
      String name,
      TopicPartition partition,
      long ringBytes,
      long pastBytes,
      Tenants tenants,
      RulesInForce rules) {
    this.name = name;
    this.partition = partition;
    this.head = new Head(ringBytes, tenants, rules);
    this.past = new Blocks(pastBytes);
  }

  /** The block that has an offset, or as much as there is of it: from memory, else from Kafka. */
  Block past(PastReader reader, long offset, Duration patience) {
    Block kept = past.find(offset);
    if (kept != null) {
      return kept;
    }
    Block read = reader.read(partition, offset, patience);
    if (read.to() > read.from()) {
      past.add(read);
    }
    return read;
  }

  /** The same, for who reads on and never comes back. */
  Block pastOnce(PastReader reader, long offset, Duration patience) {
    Block kept = past.find(offset);
    return kept == null ? reader.read(partition, offset, patience) : kept;
  }
}
