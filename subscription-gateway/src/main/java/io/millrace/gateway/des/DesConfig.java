package io.millrace.gateway.des;

import io.millrace.gateway.http.socket.SocketConfig;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * How the WebSocket of DES behaves.
 *
 * @param source of the events about sessions: the vendor has the name of the instance there
 * @param idleTimeout after which a client that sends no message is sent away
 * @param maxTopics of one session
 * @param acknowledge whether a change of topics is answered
 * @param sessionEvents whether events about sessions are published
 */
public record DesConfig(
    String source,
    Duration idleTimeout,
    int maxTopics,
    boolean acknowledge,
    boolean sessionEvents) {

  private static final String GROUP = "DES WebSocket";

  private static final String SOURCE = "des.source";
  private static final String IDLE = "des.socket.idle.timeout.ms";
  private static final String ACKNOWLEDGE = "des.socket.acknowledge";
  private static final String EVENTS = "des.socket.session.events";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            IDLE,
            ConfigDef.Type.INT,
            300_000,
            Range.atLeast(1_000),
            Importance.MEDIUM,
            "Milliseconds without a message from a client, such as a ping message, after which its"
                + " session ends. Pongs are not messages.",
            GROUP,
            1,
            Width.SHORT,
            IDLE)
        .define(
            SOURCE,
            ConfigDef.Type.STRING,
            "millrace",
            new ConfigDef.NonEmptyString(),
            Importance.LOW,
            "CloudEvents source of events about sessions, such as the name of the instance.",
            GROUP,
            2,
            Width.MEDIUM,
            SOURCE)
        .define(
            EVENTS,
            ConfigDef.Type.BOOLEAN,
            true,
            Importance.LOW,
            "Whether sessions that begin and end are published on the topic websession.",
            GROUP,
            3,
            Width.SHORT,
            EVENTS)
        .define(
            ACKNOWLEDGE,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.LOW,
            "Whether subscribe and unsubscribe are answered with the topics that hold then. The"
                + " vendor's document knows of no answer.",
            GROUP,
            4,
            Width.SHORT,
            ACKNOWLEDGE);
  }

  /** Reads the keys. */
  public static DesConfig from(AbstractConfig config) {
    return new DesConfig(
        config.getString(SOURCE),
        Duration.ofMillis(config.getInt(IDLE)),
        SocketConfig.from(config).limits().subscriptions(),
        config.getBoolean(ACKNOWLEDGE),
        config.getBoolean(EVENTS));
  }
}
