package io.millrace.gateway.identities;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * Where identities are kept.
 *
 * @param file empty for none
 * @param keyFile read where the environment has no key
 * @param mostPerUser identities that one user may have; admins are not counted
 */
public record IdentitiesConfig(Optional<Path> file, Optional<Path> keyFile, int mostPerUser) {

  private static final String GROUP = "Identities";
  private static final String FILE = "identities.file";
  private static final String KEY_FILE = "identities.key.file";
  private static final String MOST_PER_USER = "identities.user.limit";

  /** Adds the keys of identities to a service's. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            FILE,
            ConfigDef.Type.STRING,
            null,
            Importance.MEDIUM,
            "Encrypted file of identities, made when it is missing. Several gateways must see the"
                + " same file, and so must the Connect workers whose connectors use it. Without it"
                + " there are no identities over REST, and only admins may name one in a"
                + " definition.",
            GROUP,
            1,
            Width.LONG,
            FILE)
        .define(
            KEY_FILE,
            ConfigDef.Type.STRING,
            null,
            Importance.MEDIUM,
            "File with the key of identities.file: 32 random bytes in base64. The environment's"
                + " MILLRACE_IDENTITIES_KEY wins over it.",
            GROUP,
            2,
            Width.LONG,
            KEY_FILE)
        .define(
            MOST_PER_USER,
            ConfigDef.Type.INT,
            100,
            ConfigDef.Range.atLeast(0),
            Importance.LOW,
            "Identities that one user may have; admins may have any number.",
            GROUP,
            3,
            Width.SHORT,
            MOST_PER_USER);
  }

  public static IdentitiesConfig from(AbstractConfig config) {
    return new IdentitiesConfig(
        path(config, FILE), path(config, KEY_FILE), config.getInt(MOST_PER_USER));
  }

  private static Optional<Path> path(AbstractConfig config, String key) {
    return Optional.ofNullable(config.getString(key)).filter(text -> !text.isBlank()).map(Path::of);
  }
}
