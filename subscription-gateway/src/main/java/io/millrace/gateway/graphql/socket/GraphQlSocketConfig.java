package io.millrace.gateway.graphql.socket;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * How GraphQL is spoken over WebSockets.
 *
 * @param initTimeout within which a client must have begun the protocol
 * @param keepAlive between two messages that only say that the server is there
 * @param maxOperations of one client at a time
 */
public record GraphQlSocketConfig(Duration initTimeout, Duration keepAlive, int maxOperations) {

  private static final String GROUP = "GraphQL over WebSocket";

  private static final String INIT = "graphql.socket.init.timeout.ms";
  private static final String KEEP_ALIVE = "graphql.socket.keepalive.ms";
  private static final String OPERATIONS = "graphql.socket.max.operations";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            INIT,
            ConfigDef.Type.INT,
            10_000,
            Range.atLeast(50),
            Importance.LOW,
            "Milliseconds within which a client must have sent connection_init.",
            GROUP,
            1,
            ConfigDef.Width.SHORT,
            INIT)
        .define(
            KEEP_ALIVE,
            ConfigDef.Type.INT,
            15_000,
            Range.atLeast(50),
            Importance.LOW,
            "Milliseconds between two keep-alive messages: ka in graphql-ws, ping in"
                + " graphql-transport-ws.",
            GROUP,
            2,
            ConfigDef.Width.SHORT,
            KEEP_ALIVE)
        .define(
            OPERATIONS,
            ConfigDef.Type.INT,
            100,
            Range.between(1, 100_000),
            Importance.MEDIUM,
            "Most operations of one WebSocket at a time; one more is answered with an error.",
            GROUP,
            3,
            ConfigDef.Width.SHORT,
            OPERATIONS);
  }

  /** Reads the keys. */
  public static GraphQlSocketConfig from(AbstractConfig config) {
    return new GraphQlSocketConfig(
        Duration.ofMillis(config.getInt(INIT)),
        Duration.ofMillis(config.getInt(KEEP_ALIVE)),
        config.getInt(OPERATIONS));
  }
}
