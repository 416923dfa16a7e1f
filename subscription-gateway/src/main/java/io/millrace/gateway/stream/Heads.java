package io.millrace.gateway.stream;

import io.millrace.model.kafka.MillraceTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads each stream that somebody follows, once, from the first time that it is followed, by a
 * thread of its own: a stream that is slow to take in costs the others nothing. Safe for use by
 * several threads.
 */
public final class Heads implements AutoCloseable {

  private final MillraceTopics topics;
  private final Supplier<LogReader> readers;
  private final Map<String, HeadReader> heads = new ConcurrentHashMap<>();

  /**
   * Reads nothing yet.
   *
   * @param clients settings that every Kafka client gets
   */
  public Heads(Map<String, ?> clients, MillraceTopics topics) {
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put("client.id", "millrace-gateway-streams");
    this.topics = topics;
    this.readers = () -> new LogReader(settings);
  }

  /** The first partition of a stream; the only one where a total order is promised. */
  public TopicPartition first(String stream) {
    return new TopicPartition(topics.stream(stream), 0);
  }

  /** From now on the listener hears what comes to the first partition of a stream. */
  public void follow(String stream, HeadListener listener) {
    of(stream).add(listener);
  }

  /** From now on the follower's listeners hear what comes to all partitions of a stream. */
  public void follow(String stream, HeadFollower follower) {
    of(stream).add(follower);
  }

  private HeadReader of(String stream) {
    return heads.computeIfAbsent(stream, name -> new HeadReader(name, first(name), readers));
  }

  /** Opens readers of the past; each belongs to whoever asks for it. */
  public Supplier<LogReader> readers() {
    return readers;
  }

  @Override
  public void close() {
    List.copyOf(heads.values()).forEach(HeadReader::close);
  }
}
