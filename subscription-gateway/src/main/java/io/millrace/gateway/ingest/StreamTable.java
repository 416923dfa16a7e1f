package io.millrace.gateway.ingest;

import io.millrace.model.event.TopicPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which stream takes an event, by its topic. The stream that claims the longest prefix of the topic
 * takes it; what nobody claims goes to the dialect's default stream, unless that one has claims of
 * its own: then the topic is unknown. Safe for use by several threads.
 */
public final class StreamTable {

  private volatile Claims claims;

  /**
   * Takes the claims.
   *
   * @param topics by stream; one without topics claims nothing
   * @throws IllegalArgumentException if two streams claim the same topic
   */
  public StreamTable(Map<String, List<TopicPath>> topics) {
    this.claims = new Claims(topics);
  }

  /**
   * Takes other claims in place of those before.
   *
   * @throws IllegalArgumentException if two streams claim the same topic; nothing has changed then
   */
  public void replace(Map<String, List<TopicPath>> topics) {
    claims = new Claims(topics);
  }

  /** The stream, or empty if the topic is unknown. */
  public Optional<String> choose(TopicPath topic, String defaultStream) {
    return claims.choose(topic, defaultStream);
  }

  private static final class Claims {

    private final Map<List<String>, String> streams = new HashMap<>();
    private final Set<String> closed = new HashSet<>();

    Claims(Map<String, List<TopicPath>> topics) {
      topics.forEach((stream, prefixes) -> prefixes.forEach(prefix -> claim(stream, prefix)));
    }

    private void claim(String stream, TopicPath prefix) {
      closed.add(stream);
      String other = streams.put(prefix.levels(), stream);
      if (other != null && !other.equals(stream)) {
        throw new IllegalArgumentException(
            "the streams " + other + " and " + stream + " both claim the topic " + prefix);
      }
    }

    Optional<String> choose(TopicPath topic, String defaultStream) {
      for (int length = topic.levels().size(); length > 0; length--) {
        String stream = streams.get(topic.levels().subList(0, length));
        if (stream != null) {
          return Optional.of(stream);
        }
      }
      return closed.contains(defaultStream) ? Optional.empty() : Optional.of(defaultStream);
    }
  }
}
