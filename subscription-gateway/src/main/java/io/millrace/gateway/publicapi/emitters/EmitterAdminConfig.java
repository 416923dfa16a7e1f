package io.millrace.gateway.publicapi.emitters;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/**
 * What users may do with emitters.
 *
 * @param types those that users may define
 * @param mostPerUser most definitions of one user
 * @param checkTimeout how long a check of a new definition may take
 * @param handshakeOrigin who asks in the handshake with a webhook's endpoint; empty for none
 */
public record EmitterAdminConfig(
    UserTypes types, int mostPerUser, Duration checkTimeout, Optional<String> handshakeOrigin) {

  private static final String GROUP = "Emitters of users";
  private static final String TYPES = "emitters.user.types";

  /** Of releases before the catalogue said it: must not be passed over in silence. */
  private static final String TOPICS = "emitters.user.topics";

  private static final String LIMIT = "emitters.user.limit";
  private static final String CHECK_TIMEOUT = "emitters.check.timeout.ms";
  private static final String HANDSHAKE_ORIGIN = "emitters.webhook.handshake.origin";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]*");

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            LIMIT,
            ConfigDef.Type.INT,
            100,
            Range.atLeast(0),
            Importance.MEDIUM,
            "Most emitters that one user may define. Admins may define any number.",
            GROUP,
            2,
            ConfigDef.Width.SHORT,
            LIMIT)
        .define(
            CHECK_TIMEOUT,
            ConfigDef.Type.INT,
            10_000,
            Range.between(100, 60_000),
            Importance.LOW,
            "Milliseconds that a check of a definition's endpoint may take, when it is defined.",
            GROUP,
            3,
            ConfigDef.Width.SHORT,
            CHECK_TIMEOUT)
        .define(
            HANDSHAKE_ORIGIN,
            ConfigDef.Type.STRING,
            "",
            ConfigDef.LambdaValidator.with(
                EmitterAdminConfig::requireName, () -> "name of a host, or empty"),
            Importance.MEDIUM,
            "Name of this installation, such as events.example.org, by which it asks each endpoint"
                + " of a webhook for its consent when the webhook is defined (CloudEvents' OPTIONS"
                + " handshake). Empty to ask none.",
            GROUP,
            4,
            ConfigDef.Width.MEDIUM,
            HANDSHAKE_ORIGIN)
        .define(
            TYPES,
            ConfigDef.Type.LIST,
            UserTypes.possible(),
            ConfigDef.ValidList.in(UserTypes.possible().toArray(String[]::new)),
            Importance.MEDIUM,
            "Types of emitter that may be defined over HTTP. Brokers that a user names for a Kafka"
                + " emitter are checked when it is defined only, and tell Kafka's client further"
                + " addresses: leave Kafka out where users are not trusted and the network does not"
                + " keep workers from what they must not reach.",
            GROUP,
            5,
            ConfigDef.Width.MEDIUM,
            TYPES);
  }

  private static void requireName(String key, Object value) {
    if (!NAME.matcher((String) value).matches()) {
      throw new ConfigException(key, value, "must be the name of a host");
    }
  }

  /**
   * Reads the keys.
   *
   * @throws ConfigException naming the key that is wrong
   */
  public static EmitterAdminConfig from(AbstractConfig config) {
    if (config.originals().containsKey(TOPICS)) {
      throw new ConfigException(
          TOPICS,
          config.originals().get(TOPICS),
          "is no key any more: who may receive what stands in the catalogue (docs/catalogue.md)");
    }
    return new EmitterAdminConfig(
        UserTypes.of(config.getList(TYPES)),
        config.getInt(LIMIT),
        Duration.ofMillis(config.getInt(CHECK_TIMEOUT)),
        Optional.of(config.getString(HANDSHAKE_ORIGIN)).filter(origin -> !origin.isEmpty()));
  }
}
