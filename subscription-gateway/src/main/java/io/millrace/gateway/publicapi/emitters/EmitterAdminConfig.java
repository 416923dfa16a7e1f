package io.millrace.gateway.publicapi.emitters;

import io.millrace.model.event.TopicPath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/**
 * What users may do with emitters.
 *
 * @param topics those of which users' emitters may receive; empty for all
 * @param mostPerUser most definitions of one user
 * @param checkTimeout how long a check of a new definition may take
 */
public record EmitterAdminConfig(
    Optional<List<TopicPath>> topics, int mostPerUser, Duration checkTimeout) {

  private static final String GROUP = "Emitters of users";
  private static final String TOPICS = "emitters.user.topics";
  private static final String LIMIT = "emitters.user.limit";
  private static final String CHECK_TIMEOUT = "emitters.check.timeout.ms";
  private static final String ALL = "*";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            TOPICS,
            ConfigDef.Type.LIST,
            List.of(ALL),
            ConfigDef.ValidList.anyNonDuplicateValues(true, false),
            Importance.HIGH,
            "Topics that emitters of users may receive, with all below them, such as"
                + " service/production; * for every topic, nothing for none. Emitters of admins may"
                + " receive all.",
            GROUP,
            1,
            ConfigDef.Width.LONG,
            TOPICS)
        .define(
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
            CHECK_TIMEOUT);
  }

  /**
   * Reads the keys.
   *
   * @throws ConfigException naming the key that is wrong
   */
  public static EmitterAdminConfig from(AbstractConfig config) {
    List<String> topics = config.getList(TOPICS);
    return new EmitterAdminConfig(
        topics.contains(ALL)
            ? Optional.empty()
            : Optional.of(topics.stream().map(EmitterAdminConfig::topic).toList()),
        config.getInt(LIMIT),
        Duration.ofMillis(config.getInt(CHECK_TIMEOUT)));
  }

  private static TopicPath topic(String text) {
    try {
      return TopicPath.parse(text);
    } catch (IllegalArgumentException e) {
      throw (ConfigException) new ConfigException(TOPICS, text, e.getMessage()).initCause(e);
    }
  }
}
