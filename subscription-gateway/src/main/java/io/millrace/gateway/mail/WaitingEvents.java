package io.millrace.gateway.mail;

import io.millrace.model.emitter.EmitterType;
import io.millrace.model.kafka.MillraceTopics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the events of an emitter's topic that its connector has not settled. */
final class WaitingEvents {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingEvents.class);
  private static final long PATIENCE_SECONDS = 5;

  private final Admin admin;
  private final MillraceTopics topics;

  WaitingEvents(Admin admin, MillraceTopics topics) {
    this.admin = admin;
    this.topics = topics;
  }

  /** Empty if Kafka does not tell in time. */
  OptionalLong count(EmitterType type, String id) throws InterruptedException {
    try {
      return OptionalLong.of(counted(topics.emitter(type, id), group(type)));
    } catch (ExecutionException | TimeoutException e) {
      LOG.info("The events that wait for emitter {} could not be counted: {}", id, e.toString());
      return OptionalLong.empty();
    }
  }

  // Of the connector that the control loop makes for all emitters of a type.
  private String group(EmitterType type) {
    return "connect-" + topics.prefix() + "-" + type.topicSegment();
  }

  private long counted(String topic, String group)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<TopicPartition> partitions = new ArrayList<>();
    admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .values()
        .forEach(
            description ->
                description
                    .partitions()
                    .forEach(each -> partitions.add(new TopicPartition(topic, each.partition()))));
    Map<TopicPartition, @Nullable OffsetAndMetadata> settled =
        admin
            .listConsumerGroupOffsets(group)
            .partitionsToOffsetAndMetadata()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec.earliest());
    long waiting = 0;
    for (Map.Entry<TopicPartition, Long> end :
        offsets(partitions, OffsetSpec.latest()).entrySet()) {
      OffsetAndMetadata at = settled.get(end.getKey());
      long begin = begins.getOrDefault(end.getKey(), 0L);
      long next = at == null ? begin : Math.max(begin, at.offset());
      waiting += Math.max(0, end.getValue() - next);
    }
    return waiting;
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listOffsets(partitions.stream().collect(Collectors.toMap(each -> each, each -> spec)))
        .all()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }
}
