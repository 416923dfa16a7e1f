package io.millrace.gateway.publicapi.emitters;

import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.StatusJson;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.RecordListener;
import io.millrace.model.kafka.TopicFollower;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What the tasks of emitters last reported. Safe for use by several threads. */
final class Statuses implements RecordListener, AutoCloseable {

  // The character after the slash that ends an emitter's id in a key.
  private static final String AFTER_SLASH = "0";

  private final NavigableMap<String, EmitterStatus> byKey = new ConcurrentSkipListMap<>();
  private final TopicFollower follower;

  private Statuses(Map<String, ?> clientConfig, MillraceTopics topics) {
    follower =
        new TopicFollower(clientConfig, topics.emitterStatus(), "millrace-emitter-status", this);
  }

  /** Begins to follow the topic, which must exist. */
  static Statuses follow(Map<String, ?> clientConfig, MillraceTopics topics) {
    Statuses statuses = new Statuses(clientConfig, topics);
    statuses.follower.start();
    return statuses;
  }

  /** Of each partition that was reported. */
  List<EmitterStatus> of(String emitterId) {
    return List.copyOf(byKey.subMap(emitterId + "/", emitterId + AFTER_SLASH).values());
  }

  @Override
  public void changed(String key, byte @Nullable [] value) {
    Optional<EmitterStatus> status = value == null ? Optional.empty() : StatusJson.read(value);
    if (status.isPresent()) {
      byKey.put(key, status.get());
    } else {
      byKey.remove(key);
    }
  }

  @Override
  public void close() {
    follower.close();
  }
}
