package io.millrace.gateway.http.socket;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * How many WebSockets there may be, and how much may be asked of one. 0 is no limit.
 *
 * @param connections of all dialects
 * @param perUser of one user
 * @param unknownPerAddress of one address, by clients that have not yet told who they are
 * @param messagesPerSecond from one client
 */
public record SocketLimits(
    int connections, int perUser, int unknownPerAddress, int messagesPerSecond) {

  /** No limit. */
  public static final SocketLimits NONE = new SocketLimits(0, 0, 0, 0);

  private static final String GROUP = "WebSocket";
  private static final String CONNECTIONS = "websocket.max.connections";
  private static final String PER_USER = "websocket.max.connections.per.user";
  private static final String UNKNOWN = "websocket.max.unknown.per.address";
  private static final String MESSAGES = "websocket.max.messages.per.second";

  /** Adds the keys. */
  static ConfigDef define(ConfigDef def) {
    return def.define(
            CONNECTIONS,
            ConfigDef.Type.INT,
            20_000,
            Range.atLeast(0),
            Importance.MEDIUM,
            "Most WebSockets at a time; one more is answered 503. 0 for no limit.",
            GROUP,
            7,
            ConfigDef.Width.SHORT,
            CONNECTIONS)
        .define(
            PER_USER,
            ConfigDef.Type.INT,
            1_000,
            Range.atLeast(0),
            Importance.MEDIUM,
            "Most WebSockets of one user; one more is answered 429, or closed with 1013 where the"
                + " user is told after the handshake. 0 for no limit.",
            GROUP,
            8,
            ConfigDef.Width.SHORT,
            PER_USER)
        .define(
            UNKNOWN,
            ConfigDef.Type.INT,
            1_000,
            Range.atLeast(0),
            Importance.MEDIUM,
            "Most WebSockets of one address that have not yet told whose they are; one more is"
                + " answered 429. 0 for no limit. See http.trust.forwarded.",
            GROUP,
            9,
            ConfigDef.Width.SHORT,
            UNKNOWN)
        .define(
            MESSAGES,
            ConfigDef.Type.INT,
            1_000,
            Range.between(0, 1_000_000),
            Importance.MEDIUM,
            "Most messages and pings a second from one WebSocket, as many at once; more close it"
                + " with 1008. 0 for no limit.",
            GROUP,
            10,
            ConfigDef.Width.SHORT,
            MESSAGES);
  }

  /** Reads the keys. */
  static SocketLimits from(AbstractConfig config) {
    return new SocketLimits(
        config.getInt(CONNECTIONS),
        config.getInt(PER_USER),
        config.getInt(UNKNOWN),
        config.getInt(MESSAGES));
  }
}
