package io.millrace.gateway.mail;

import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.StatusJson;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the statuses of emitters as one consumer group of all gateways, on one daemon thread of
 * its own: of several gateways one has a status, and has it until its mail was accepted.
 */
final class StatusMails implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusMails.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration DEFINITIONS = Duration.ofMillis(500);
  private static final long RESTART_DELAY_MS = 1_000;
  private static final int CLOSE_MS = 5_000;
  // Each may take its time with the mail server; the group waits for all that were polled.
  private static final int MOST_RECORDS = 10;
  private static final int MOST_BETWEEN_POLLS_MS = 600_000;
  private static final int SESSION_MS = 15_000;

  private final Map<String, Object> consumerConfig;
  private final MillraceTopics topics;
  private final TopicProvisioner provisioner;
  private final KnownEmitters emitters;
  private final SentMails sent;
  private final Notices notices;
  private final RetryPause pause;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "millrace-mails");
  private volatile @Nullable Consumer<byte[], byte[]> consumer;
  private volatile @Nullable String trouble;

  StatusMails(
      Map<String, ?> clientConfig,
      MillraceTopics topics,
      TopicProvisioner provisioner,
      KnownEmitters emitters,
      SentMails sent,
      Notices notices,
      RetryPause pause) {
    this.topics = topics;
    this.provisioner = provisioner;
    this.emitters = emitters;
    this.sent = sent;
    this.notices = notices;
    this.pause = pause;
    consumerConfig = new HashMap<>(clientConfig);
    consumerConfig.put(CommonClientConfigs.GROUP_ID_CONFIG, topics.prefix() + "-mails");
    consumerConfig.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumerConfig.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    consumerConfig.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    consumerConfig.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MOST_BETWEEN_POLLS_MS);
    consumerConfig.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MS);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Why the mail that is next is not sent yet; absent while nothing is wrong. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void close() {
    closing.countDown();
    Consumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (closing.getCount() > 0) {
      try {
        follow();
      } catch (WakeupException | InterruptException | InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // Whatever it was: without this thread no owner would ever be told again.
        LOG.warn("Following the statuses of emitters failed, beginning anew", e);
        trouble = "Kafka does not answer as it should";
        awaitClosing(RESTART_DELAY_MS);
      }
    }
  }

  private void follow() throws InterruptedException {
    provisioner.ensure(
        List.of(
            TopicProvisioner.compacted(topics.emitters()),
            TopicProvisioner.compacted(topics.emitterStatus()),
            TopicProvisioner.compacted(topics.emitterMails())));
    while (!emitters.awaitRead(DEFINITIONS)) {
      if (closing.getCount() == 0) {
        return;
      }
    }
    var bytes = new ByteArrayDeserializer();
    try (var opened = new KafkaConsumer<>(consumerConfig, bytes, bytes)) {
      consumer = opened;
      opened.subscribe(List.of(topics.emitterStatus()), new Reload());
      trouble = null;
      while (closing.getCount() > 0) {
        ConsumerRecords<byte[], byte[]> records = opened.poll(POLL);
        if (pause.isOver()) {
          opened.resume(opened.paused());
        }
        take(opened, records);
      }
    } finally {
      consumer = null;
    }
  }

  private void take(Consumer<byte[], byte[]> opened, ConsumerRecords<byte[], byte[]> records)
      throws InterruptedException {
    boolean stopped = false;
    for (TopicPartition partition : records.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
        Optional<String> problem = stopped ? Optional.of("") : take(record);
        if (problem.isPresent()) {
          opened.seek(partition, record.offset());
          if (!stopped) {
            stopped = true;
            stop(opened, problem.get());
          }
          break;
        }
        pause.reset();
        trouble = null;
        OffsetAndMetadata next = new OffsetAndMetadata(record.offset() + 1);
        opened.commitSync(Map.of(partition, next));
      }
    }
  }

  private void stop(Consumer<byte[], byte[]> opened, String problem) {
    if (trouble == null) {
      LOG.warn("A mail waits: {}", problem);
    }
    trouble = problem;
    pause.begin();
    opened.pause(opened.assignment());
  }

  private Optional<String> take(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      notices.removed(key.replaceAll("/.*", ""));
      return Optional.empty();
    }
    Optional<EmitterStatus> status = StatusJson.read(record.value());
    if (status.isEmpty()) {
      LOG.warn("The status of {} at offset {} cannot be read", key, record.offset());
      return Optional.empty();
    }
    return notices.take(status.get(), record.offset());
  }

  private void awaitClosing(long millis) {
    try {
      boolean unused = closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever had the statuses before has recorded what was sent. */
  private final class Reload implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (!partitions.isEmpty()) {
        sent.load();
      }
    }
  }
}
