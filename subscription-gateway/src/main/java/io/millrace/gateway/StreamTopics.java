package io.millrace.gateway;

import io.millrace.gateway.ingest.IngestConfig;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The Kafka topics that must be there before an event is taken. */
final class StreamTopics {

  private StreamTopics() {}

  static void ensure(Admin admin, MillraceTopics topics, IngestConfig config)
      throws InterruptedException {
    List<NewTopic> wanted = new ArrayList<>();
    config
        .claims()
        .keySet()
        .forEach(
            stream -> wanted.add(TopicProvisioner.log(topics.stream(stream), config.partitions())));
    wanted.add(TopicProvisioner.compacted(topics.emitters()));
    wanted.add(TopicProvisioner.log(topics.deadLetters(), 1));
    new TopicProvisioner(admin).ensure(wanted);
  }
}
