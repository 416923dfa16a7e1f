package io.millrace.model.kafka;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the Kafka topics that are missing; what exists is left as it is, whatever its settings.
 * Replication is the broker's default. Safe for use by several threads.
 */
public final class TopicProvisioner {

  private final Admin admin;

  public TopicProvisioner(Admin admin) {
    this.admin = admin;
  }

  /** A topic that keeps the newest record of each key for ever, in one partition. */
  public static NewTopic compacted(String name) {
    return log(name, 1)
        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  /** A topic that keeps records for as long as the broker's default says. */
  public static NewTopic log(String name, int partitions) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty());
  }

  /**
   * Returns when each of the topics exists.
   *
   * @throws KafkaException if one could not be created
   * @throws InterruptedException if interrupted while the broker works
   */
  public void ensure(Collection<NewTopic> topics) throws InterruptedException {
    for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
      try {
        created.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw new KafkaException("a topic could not be created", e.getCause());
        }
      }
    }
  }
}
