package io.millrace.source.push;

import io.millrace.model.event.TopicPath;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The topics that a connector subscribes to, as they stand in its configuration. */
public final class TopicPaths {

  private TopicPaths() {}

  /** Checks the value of a configuration key: at least one, and each a topic. */
  public static void validate(String key, @Nullable Object value) {
    if (!(value instanceof List<?> topics)) {
      return;
    }
    if (topics.isEmpty()) {
      throw new ConfigException(key, value, "must have at least one topic");
    }
    for (Object topic : topics) {
      try {
        TopicPath unused = TopicPath.parse(String.valueOf(topic));
      } catch (IllegalArgumentException e) {
        throw new ConfigException(key, topic, e.getMessage());
      }
    }
  }
}
