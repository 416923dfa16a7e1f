package io.millrace.source.des;

import io.millrace.model.event.TopicPath;
import io.millrace.source.push.JsonText;
import io.millrace.source.push.PushConfig;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session is made of.
 *
 * @param query what the address says beside the topics
 * @param timeout of a handshake
 * @param reply how long the server may take to tell that the session has started
 * @param ping longest time between two pings
 * @param pong how long the server may take to answer one
 */
record DesSettings(
    URI url,
    List<TopicPath> topics,
    Map<String, String> query,
    Duration timeout,
    Duration reply,
    Duration ping,
    Duration pong) {

  DesSettings {
    topics = List.copyOf(topics);
    query = Map.copyOf(query);
  }

  static DesSettings of(
      DesConfig config, Map<String, String> query, PushConfig push, Duration timeout) {
    return new DesSettings(
        config.url(),
        config.topicPaths(),
        query,
        timeout,
        push.replyTimeout(),
        push.pingInterval(),
        push.pongTimeout());
  }

  /**
   * The address with its query, in which topics are an array of arrays.
   *
   * @param after position to go on from; null for now
   */
  URI handshakeUri(@Nullable String after) {
    var array = JsonText.newArray();
    for (TopicPath topic : topics) {
      topic.levels().forEach(array.addArray()::add);
    }
    List<String> parts = new ArrayList<>();
    parts.add("topics=" + encoded(JsonText.write(array)));
    query.forEach((name, value) -> parts.add(name + "=" + encoded(value)));
    if (after != null) {
      parts.add("after=" + encoded(after));
    }
    return URI.create(url + "?" + String.join("&", parts));
  }

  // Not every server takes a plus sign for a space.
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
