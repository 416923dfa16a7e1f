package io.millrace.source.foundry;

import io.millrace.source.push.PushConfig;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What a subscription is made of.
 *
 * @param clientUuid empty for none, with which nothing can be subscribed to
 * @param timeout of a handshake
 * @param reply how long the server may take to answer a subscription
 * @param ping longest time between two pings
 */
record FoundrySettings(
    URI url,
    String tokenHeader,
    String clientUuid,
    List<String> topics,
    MessageShape shape,
    String visibility,
    boolean failWhenPartial,
    String eventType,
    Duration timeout,
    Duration reply,
    Duration ping) {

  private static final String NEWER = "X-VoltMX-Authorization";

  /** As the SDK writes it in messages: servers may tell the names of fields apart by their case. */
  private static final String NEWER_IN_MESSAGES = "X-Voltmx-Authorization";

  FoundrySettings {
    topics = List.copyOf(topics);
  }

  static FoundrySettings of(
      FoundryConfig config, String clientUuid, PushConfig push, Duration timeout) {
    return new FoundrySettings(
        config.url(),
        config.tokenHeader(),
        clientUuid,
        config.topicPaths(),
        config.shape(),
        config.visibility(),
        config.failsWhenPartial(),
        config.eventType(),
        timeout,
        push.replyTimeout(),
        push.pingInterval());
  }

  /** The client's id stands in the address, where both shapes can have it. */
  URI handshakeUri() {
    return clientUuid.isEmpty()
        ? url
        : URI.create(url + "?clientUUID=" + URLEncoder.encode(clientUuid, StandardCharsets.UTF_8));
  }

  /** The token's name in a message. */
  String tokenName() {
    return tokenHeader.equalsIgnoreCase(NEWER) ? NEWER_IN_MESSAGES : tokenHeader;
  }
}
