package io.millrace.gateway.control;

import io.micrometer.core.instrument.Counter;
import io.millrace.model.emitter.EmitterDefinition;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the emitters' Kafka topics those that the definitions want. For use by one thread. */
final class TopicSync {

  private static final Logger LOG = LoggerFactory.getLogger(TopicSync.class);
  private static final long SOON = Duration.ofMillis(100).toNanos();

  private final Admin admin;
  private final DefinitionLog log;
  private final DefinitionWriter writer;
  private final DefinitionView definitions;
  private final EmitterTopics topics;
  private final EmitterTopics auditLogs;
  private final AuditRetention auditRetention;
  private final Counter deleted;

  TopicSync(
      Admin admin,
      DefinitionLog log,
      DefinitionWriter writer,
      DefinitionView definitions,
      EmitterTopics topics,
      EmitterTopics auditLogs,
      AuditRetention auditRetention,
      Counter deleted) {
    this.admin = admin;
    this.log = log;
    this.writer = writer;
    this.definitions = definitions;
    this.topics = topics;
    this.auditLogs = auditLogs;
    this.auditRetention = auditRetention;
    this.deleted = deleted;
  }

  void run() throws InterruptedException {
    Set<String> existing = existing();
    Collection<EmitterDefinition> missing = topics.missing(existing, definitions.all());
    if (!missing.isEmpty()) {
      writer.ensureTopics(missing);
    }
    // A follower that is stuck may know nothing of the emitter that a topic was made for.
    if (!expired(existing).isEmpty() && log.isReadToEnd()) {
      Set<String> expired = expired(existing);
      removeStatuses(expired);
      delete(expired);
    }
    auditRetention.run(existing);
  }

  /** Nanoseconds until there may be something to delete; very many when there is nothing. */
  long remaining() {
    return Math.max(SOON, Math.min(topics.remaining(), auditLogs.remaining()));
  }

  private Set<String> expired(Set<String> existing) {
    Set<String> expired =
        new TreeSet<>(topics.expired(existing, definitions.all(), definitions.unreadable()));
    expired.addAll(auditLogs.expired(existing, definitions.all(), definitions.unreadable()));
    return expired;
  }

  private Set<String> existing() throws InterruptedException {
    try {
      return admin.listTopics().names().get();
    } catch (ExecutionException e) {
      throw new KafkaException("the topics cannot be listed", e.getCause());
    }
  }

  /** Before the topics go: they tell whose statuses are left, also to a gateway started anew. */
  private void removeStatuses(Set<String> names) throws InterruptedException {
    Set<String> removed = new TreeSet<>();
    for (String name : names) {
      // Of one that has another type now, the statuses are its own.
      if (topics.emitterId(name).filter(id -> definitions.get(id).isEmpty()).isPresent()) {
        removed.add(name);
      }
    }
    for (Map.Entry<String, KafkaFuture<TopicDescription>> each :
        admin.describeTopics(removed).topicNameValues().entrySet()) {
      try {
        int partitions = each.getValue().get().partitions().size();
        writer.removeStatuses(topics.emitterId(each.getKey()).orElseThrow(), partitions);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw new KafkaException("a topic could not be described", e.getCause());
        } // Else another gateway was faster, in this too.
      }
    }
  }

  private void delete(Set<String> names) throws InterruptedException {
    Map<String, KafkaFuture<Void>> deletions = admin.deleteTopics(names).topicNameValues();
    for (Map.Entry<String, KafkaFuture<Void>> deletion : deletions.entrySet()) {
      try {
        deletion.getValue().get();
        deleted.increment();
        LOG.info("Topic {} is deleted, its emitter was removed", deletion.getKey());
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw new KafkaException("a topic could not be deleted", e.getCause());
        } // Else another gateway was faster.
      }
    }
  }
}
