package io.millrace.gateway.security;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * How long it counts what is known of users.
 *
 * @param retention of roles that an issuer's token has shown
 */
public record SecurityConfig(Duration retention) {

  private static final String ROLES_RETENTION = "security.roles.retention.days";

  /** Adds the key. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
        ROLES_RETENTION,
        ConfigDef.Type.INT,
        30,
        Range.between(1, 3_650),
        Importance.MEDIUM,
        "Days for which the emitters of a user who signs in with an issuer's tokens keep the roles"
            + " that the user has last shown. After that they get what is open to everybody, until"
            + " the user calls again. Users of the users file have the roles that it gives them.",
        "Security",
        1,
        Width.SHORT,
        ROLES_RETENTION);
  }

  /** Reads the key. */
  public static SecurityConfig from(AbstractConfig config) {
    return new SecurityConfig(Duration.ofDays(config.getInt(ROLES_RETENTION)));
  }
}
