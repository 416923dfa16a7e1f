package io.millrace.server.events.kafka;

import io.millrace.model.event.EventRecords;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.TopicPath;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.model.kafka.DeadLetter;
import io.millrace.server.events.dispatch.Delivery;
import io.millrace.server.events.dispatch.Lane;
import io.millrace.server.events.dispatch.Subscriptions;
import io.millrace.server.events.dispatch.Tally;
import io.millrace.server.events.dispatch.Work;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition while it is this reader's: its events on their lane, and how far they have come.
 */
final class Shard {

  private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
  private static final String TOPIC_HEADER = "ce_" + Extensions.TOPIC_PATH;

  private final Subscriptions subscriptions;
  private final DeadLetterBox deadLetters;
  private final String origin;
  private final Clock clock;
  private final Tally tally;
  final Lane lane;
  final Progress progress;

  /** What the last commit said; only for the reader's thread. */
  long committed = -1;

  Shard(
      Subscriptions subscriptions,
      DeadLetterBox deadLetters,
      String origin,
      Clock clock,
      Tally tally,
      Lane lane,
      Progress progress) {
    this.subscriptions = subscriptions;
    this.deadLetters = deadLetters;
    this.origin = origin;
    this.clock = clock;
    this.tally = tally;
    this.lane = lane;
    this.progress = progress;
  }

  /** Takes a record if anybody wants it, and passes over it otherwise. */
  void take(ConsumerRecord<byte[], byte[]> record) {
    Delivery.Source source = () -> EventRecords.read(record.headers(), record.value());
    Delivery delivery;
    try {
      String topic = topic(record, source);
      if (topic == null) {
        tally.unreadable.increment();
        return;
      }
      delivery = new Delivery(source, TopicPath.parse(topic), subscriptions);
    } catch (UnreadableEventException | IllegalArgumentException e) {
      // Nobody can have subscribed to it; the router reports such a record as a dead letter.
      tally.unreadable.increment();
      return;
    }
    if (delivery.isWanted()) {
      Object key = record.key() == null ? null : ByteBuffer.wrap(record.key());
      Progress.Slot slot = progress.open(record.offset(), size(record));
      lane.add(key, new Handling(delivery, record, slot));
    }
  }

  /** By one header in most records, which tells them before they are read as events. */
  private static @Nullable String topic(
      ConsumerRecord<byte[], byte[]> record, Delivery.Source source)
      throws UnreadableEventException {
    Header header = record.headers().lastHeader(TOPIC_HEADER);
    if (header != null && header.value() != null) {
      return new String(header.value(), StandardCharsets.UTF_8);
    }
    Object topic = source.read().getExtension(Extensions.TOPIC_PATH);
    return topic == null ? null : topic.toString();
  }

  private static int size(ConsumerRecord<byte[], byte[]> record) {
    int size = 512 + Math.max(0, record.serializedValueSize());
    Headers headers = record.headers();
    for (Header header : headers) {
      size += header.value() == null ? 0 : header.value().length;
    }
    return size;
  }

  private final class Handling implements Work {

    private final Delivery delivery;
    private final ConsumerRecord<byte[], byte[]> record;
    private final Progress.Slot slot;

    Handling(Delivery delivery, ConsumerRecord<byte[], byte[]> record, Progress.Slot slot) {
      this.delivery = delivery;
      this.record = record;
      this.slot = slot;
    }

    @Override
    public void attempt() throws Exception {
      delivery.attempt();
    }

    @Override
    public CompletionStage<Void> giveUp(int attempts, Throwable cause) {
      // The cause's message may quote the event, which is for the dead letter only.
      LOG.warn(
          "The event at {}-{}@{} goes to the dead letters after {} attempts: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          attempts,
          cause.getClass().getName());
      LOG.debug("The last failure", cause);
      return deadLetters.put(
          new DeadLetter(
              origin,
              delivery.reason(attempts, cause),
              record.topic(),
              record.partition(),
              record.offset(),
              clock.instant()),
          record);
    }

    @Override
    public void settled() {
      progress.settle(slot);
    }
  }
}
