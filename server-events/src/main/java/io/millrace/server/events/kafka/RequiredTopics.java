package io.millrace.server.events.kafka;

import io.millrace.model.kafka.TopicProvisioner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Sees to it that the topics are there before anything is raised or handled. */
final class RequiredTopics {

  private RequiredTopics() {}

  /**
   * Creates the topics that are missing, if that is wanted.
   *
   * @throws KafkaException naming those that are missing, or saying why the broker could not tell
   */
  static void ensure(Admin admin, Set<String> topics, boolean create) throws InterruptedException {
    List<String> missing = missing(admin, topics);
    if (missing.isEmpty()) {
      return;
    }
    if (!create) {
      throw new KafkaException(
          "topics do not exist: "
              + String.join(", ", missing)
              + "; create them, or set "
              + ServerEventsConfig.TOPICS_CREATE
              + "=true");
    }
    new TopicProvisioner(admin)
        .ensure(
            missing.stream()
                .map(name -> new NewTopic(name, Optional.empty(), Optional.empty()))
                .toList());
  }

  private static List<String> missing(Admin admin, Set<String> topics) throws InterruptedException {
    List<String> missing = new ArrayList<>();
    Map<String, KafkaFuture<TopicDescription>> found =
        admin.describeTopics(topics).topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : found.entrySet()) {
      try {
        topic.getValue().get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TimeoutException) {
          throw new KafkaException(
              "no broker of " + ServerEventsConfig.BOOTSTRAP_SERVERS + " answered in time",
              e.getCause());
        }
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw new KafkaException(
              "topic " + topic.getKey() + " cannot be looked at", e.getCause());
        }
        missing.add(topic.getKey());
      }
    }
    return missing;
  }
}
