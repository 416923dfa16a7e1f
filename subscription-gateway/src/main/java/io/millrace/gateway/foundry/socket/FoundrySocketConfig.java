package io.millrace.gateway.foundry.socket;

import io.millrace.gateway.http.socket.Pings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * How Foundry's WebSocket is served.
 *
 * @param tokenTimeout within which a client must have shown a token, in a message if not before
 * @param maxTopics that one client may be subscribed to
 * @param serverRoles whoever has one of these is no client device
 */
public record FoundrySocketConfig(
    boolean enabled, Pings pings, Duration tokenTimeout, int maxTopics, Set<String> serverRoles) {

  private static final String GROUP = "Foundry over WebSocket";

  private static final String ENABLED = "foundry.socket.enabled";
  private static final String PING = "foundry.socket.ping.interval.ms";
  private static final String UNANSWERED = "foundry.socket.unanswered.pings";
  private static final String TOKEN = "foundry.socket.token.timeout.ms";
  private static final String TOPICS = "foundry.socket.max.topics";
  private static final String ROLES = "foundry.socket.server.roles";

  public FoundrySocketConfig {
    serverRoles = Set.copyOf(serverRoles);
  }

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    ConfigDef own =
        def.define(
                ENABLED,
                ConfigDef.Type.BOOLEAN,
                true,
                Importance.MEDIUM,
                "Whether clients may open /services/ServerEvents/Stream.",
                GROUP,
                1,
                Width.SHORT,
                ENABLED)
            .define(
                PING,
                ConfigDef.Type.INT,
                30_000,
                Range.atLeast(50),
                Importance.LOW,
                "Milliseconds between two pings of a client.",
                GROUP,
                2,
                Width.SHORT,
                PING)
            .define(
                UNANSWERED,
                ConfigDef.Type.INT,
                3,
                Range.between(1, 1_000),
                Importance.LOW,
                "Pings in a row without a pong after which, at the time of the next, a client's"
                    + " session ends.",
                GROUP,
                3,
                Width.SHORT,
                UNANSWERED)
            .define(
                TOKEN,
                ConfigDef.Type.INT,
                10_000,
                Range.atLeast(50),
                Importance.LOW,
                "Milliseconds within which a client whose handshake has no token must have sent"
                    + " one in a message.",
                GROUP,
                4,
                Width.SHORT,
                TOKEN)
            .define(
                TOPICS,
                ConfigDef.Type.INT,
                100,
                Range.between(1, 1_000),
                Importance.MEDIUM,
                "Most topics that one client may be subscribed to at a time.",
                GROUP,
                5,
                Width.SHORT,
                TOPICS)
            .define(
                ROLES,
                ConfigDef.Type.LIST,
                List.of("admin", "publisher-trusted"),
                Importance.MEDIUM,
                "Who has one of these roles may subscribe to every topic. All others count as client"
                    + " devices, which may subscribe to topics that the catalogue marks as"
                    + " client-only.",
                GROUP,
                6,
                Width.MEDIUM,
                ROLES);
    return VendorNames.define(own, GROUP, ENABLED, PING);
  }

  /**
   * Reads the keys.
   *
   * @throws org.apache.kafka.common.config.ConfigException naming keys that mean the same and
   *     differ
   */
  public static FoundrySocketConfig from(AbstractConfig config) {
    return new FoundrySocketConfig(
        VendorNames.enabled(config, ENABLED),
        new Pings(VendorNames.pingInterval(config, PING), config.getInt(UNANSWERED)),
        Duration.ofMillis(config.getInt(TOKEN)),
        config.getInt(TOPICS),
        Set.copyOf(config.getList(ROLES)));
  }
}
