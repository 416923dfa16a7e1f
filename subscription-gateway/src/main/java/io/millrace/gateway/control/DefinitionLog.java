package io.millrace.gateway.control;

import io.millrace.model.kafka.DefinitionFollower;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** The topic of definitions as the control loop needs it: there, and read. For one thread. */
final class DefinitionLog {

  private static final Duration LOOK = Duration.ofMillis(500);

  private final Admin admin;
  private final TopicProvisioner provisioner;
  private final DefinitionFollower follower;
  private final String topic;
  private boolean started;

  DefinitionLog(
      Admin admin,
      TopicProvisioner provisioner,
      DefinitionFollower follower,
      MillraceTopics topics) {
    this.admin = admin;
    this.provisioner = provisioner;
    this.follower = follower;
    this.topic = topics.emitters();
  }

  /** Waits a little for the log to be read as far as it went at the start; false if it is not. */
  boolean isRead() throws InterruptedException {
    if (!started) {
      provisioner.ensure(List.of(TopicProvisioner.compacted(topic)));
      follower.start();
      started = true;
    }
    return follower.awaitCaughtUp(LOOK);
  }

  /** Whether everything was read that stands in the log now. */
  boolean isReadToEnd() throws InterruptedException {
    TopicPartition partition = new TopicPartition(topic, 0);
    try {
      long end =
          admin
              .listOffsets(Map.of(partition, OffsetSpec.latest()))
              .partitionResult(partition)
              .get()
              .offset();
      return follower.position() >= end;
    } catch (ExecutionException e) {
      throw new KafkaException("the end of the definitions cannot be found", e.getCause());
    }
  }
}
