package io.millrace.gateway.http.socket;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * How much a WebSocket may take, and how long it may be quiet.
 *
 * @param maxMessageBytes of one message from a client
 * @param maxQueuedBytes that may wait for a client before its producers hold back
 * @param pingInterval after which a quiet client is sent a ping
 * @param idleTimeout after which a client that sends nothing, not even a pong, is given up
 * @param closeTimeout within which a client must have answered a close
 * @param compression whether messages are compressed for clients that offer it
 */
public record SocketConfig(
    int maxMessageBytes,
    int maxQueuedBytes,
    Duration pingInterval,
    Duration idleTimeout,
    Duration closeTimeout,
    boolean compression,
    SocketLimits limits) {

  private static final String GROUP = "WebSocket";

  private static final String MAX_MESSAGE = "websocket.max.message.bytes";
  private static final String MAX_QUEUED = "websocket.max.queued.bytes";
  private static final String PING = "websocket.ping.interval.ms";
  private static final String IDLE = "websocket.idle.timeout.ms";
  private static final String CLOSE = "websocket.close.timeout.ms";
  private static final String COMPRESSION = "websocket.compression";

  /** Without compression and limits. */
  public SocketConfig(
      int maxMessageBytes,
      int maxQueuedBytes,
      Duration pingInterval,
      Duration idleTimeout,
      Duration closeTimeout) {
    this(
        maxMessageBytes,
        maxQueuedBytes,
        pingInterval,
        idleTimeout,
        closeTimeout,
        false,
        SocketLimits.NONE);
  }

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return SocketLimits.define(own(def));
  }

  private static ConfigDef own(ConfigDef def) {
    return def.define(
            MAX_MESSAGE,
            ConfigDef.Type.INT,
            256 << 10,
            Range.between(1, 64 << 20),
            Importance.MEDIUM,
            "Most bytes of a message from a client; a larger one closes the WebSocket with 1009.",
            GROUP,
            1,
            ConfigDef.Width.SHORT,
            MAX_MESSAGE)
        .define(
            MAX_QUEUED,
            ConfigDef.Type.INT,
            256 << 10,
            Range.between(1, 64 << 20),
            Importance.MEDIUM,
            "Bytes that may wait for a client that reads slowly. Beyond them nothing more is read"
                + " from it and produced for it until half of them are sent.",
            GROUP,
            2,
            ConfigDef.Width.SHORT,
            MAX_QUEUED)
        .define(
            PING,
            ConfigDef.Type.INT,
            30_000,
            Range.atLeast(50),
            Importance.LOW,
            "Milliseconds without a sign of a client after which it is sent a WebSocket ping.",
            GROUP,
            3,
            ConfigDef.Width.SHORT,
            PING)
        .define(
            IDLE,
            ConfigDef.Type.INT,
            90_000,
            Range.atLeast(100),
            Importance.LOW,
            "Milliseconds without a sign of a client, not even a pong, after which it is given up.",
            GROUP,
            4,
            ConfigDef.Width.SHORT,
            IDLE)
        .define(
            CLOSE,
            ConfigDef.Type.INT,
            5_000,
            Range.atLeast(50),
            Importance.LOW,
            "Milliseconds within which a client must have taken what it was sent and answered a"
                + " close; then the connection is cut.",
            GROUP,
            5,
            ConfigDef.Width.SHORT,
            CLOSE)
        .define(
            COMPRESSION,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.LOW,
            "Whether permessage-deflate is negotiated with clients that offer it, each message by"
                + " itself. It saves bandwidth and costs much processor time.",
            GROUP,
            6,
            ConfigDef.Width.SHORT,
            COMPRESSION);
  }

  /** Reads the keys. */
  public static SocketConfig from(AbstractConfig config) {
    return new SocketConfig(
        config.getInt(MAX_MESSAGE),
        config.getInt(MAX_QUEUED),
        Duration.ofMillis(config.getInt(PING)),
        Duration.ofMillis(config.getInt(IDLE)),
        Duration.ofMillis(config.getInt(CLOSE)),
        config.getBoolean(COMPRESSION),
        SocketLimits.from(config));
  }
}
