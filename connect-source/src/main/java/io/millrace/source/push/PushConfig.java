package io.millrace.source.push;

import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;

import io.millrace.source.config.KeyGroup;
import io.millrace.source.websocket.Limits;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The keys that connectors have whose vendor pushes over a WebSocket. */
public final class PushConfig extends AbstractConfig {

  public static final String PING_INTERVAL = "ping.interval.ms";
  public static final String PONG_TIMEOUT = "pong.timeout.ms";
  public static final String REPLY_TIMEOUT = "reply.timeout.ms";
  public static final String MESSAGE_MAX = "message.max.characters";
  public static final String REMEMBERED = "duplicates.remembered";

  // Read before they are asked for; more would only be memory.
  private static final int AHEAD = 16;

  public static final ConfigDef DEF =
      new KeyGroup("Push")
          .optional(
              PING_INTERVAL,
              LONG,
              30_000L,
              Range.atLeast(100),
              "Longest time between two pings to the server, in milliseconds.")
          .optional(
              PONG_TIMEOUT,
              LONG,
              10_000L,
              Range.atLeast(100),
              "How long after a ping the server may be silent, in milliseconds; then the connection"
                  + " counts as lost and is made anew.")
          .optional(
              REPLY_TIMEOUT,
              LONG,
              10_000L,
              Range.atLeast(100),
              "How long the server may take, once connected, to say that events will come, in"
                  + " milliseconds; then the connection is made anew.")
          .optional(
              MESSAGE_MAX,
              INT,
              1_048_576,
              Range.atLeast(1_024),
              "Most characters of one message; the task fails at a longer one.")
          .optional(
              REMEMBERED,
              INT,
              10_000,
              Range.atLeast(1),
              "How many of the last events are remembered to tell those that come twice.")
          .def();

  public PushConfig(Map<String, String> props) {
    super(DEF, props, false);
  }

  public Duration pingInterval() {
    return Duration.ofMillis(getLong(PING_INTERVAL));
  }

  public Duration pongTimeout() {
    return Duration.ofMillis(getLong(PONG_TIMEOUT));
  }

  public Duration replyTimeout() {
    return Duration.ofMillis(getLong(REPLY_TIMEOUT));
  }

  /** How many events are remembered to tell those that come twice. */
  int remembered() {
    return getInt(REMEMBERED);
  }

  /** Of a connection; a ping and its answer fit into the silence after which it counts as lost. */
  Limits limits() {
    return new Limits(getInt(MESSAGE_MAX), AHEAD, pingInterval().plus(pongTimeout()));
  }
}
