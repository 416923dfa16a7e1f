package io.millrace.gateway.subscription;

import io.millrace.filter.Tenants;
import io.millrace.filter.audience.AccessRules;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.gateway.stream.Block;
import io.millrace.gateway.stream.Past;
import io.millrace.gateway.stream.PastReader;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/** One stream that is read here: its newest end, and blocks of its past for those behind. */
final class Stream {

  final String name;
  final TopicPartition partition;
  final Head head;
  private final Past past;

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
    this.past = new Past(partition, pastBytes);
  }

  /** The block that has an offset, or as much as there is of it: from memory, else from Kafka. */
  Block past(PastReader reader, long offset, Duration patience) {
    return past.read(reader, offset, patience);
  }

  /** The same, for who reads on and never comes back. */
  Block pastOnce(PastReader reader, long offset, Duration patience) {
    return past.readOnce(reader, offset, patience);
  }
}
